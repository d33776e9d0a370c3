// Small helps in forms: dates, ready phrases, filters without accents, chips of what was chosen,
// boxes that grow, and one click that counts once.
const fold = (text) =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D').toLowerCase();

function filter(input) {
  const words = fold(input.value).split(/\s+/).filter(Boolean);
  for (const item of document.getElementById(input.dataset.filter).children) {
    const text = fold(item.dataset.filterText ?? '');
    item.hidden = !words.every((word) => text.includes(word));
  }
}

function tidyDate(input) {
  const found = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4})$/.exec(input.value.trim()) ??
                /^(\d{2})(\d{2})(\d{4})$/.exec(input.value.trim());
  if (found) input.value = `${found[1].padStart(2, '0')}/${found[2].padStart(2, '0')}/${found[3]}`;
}

function addPhrase(button) {
  const box = document.getElementById(button.dataset.phrase);
  box.value = [box.value.trim(), button.textContent].filter(Boolean).join(' ');
  box.focus();
  grow(box);
}

function grow(box) {
  if (box.scrollHeight > box.clientHeight) box.style.height = `${box.scrollHeight + 2}px`;
}

function chip(box, words) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'chip';
  button.textContent = box.dataset.chip;
  button.setAttribute('aria-label', words.replace('#', box.dataset.chip));
  const mark = document.createElement('span');
  mark.setAttribute('aria-hidden', 'true');
  mark.textContent = '×';
  button.append(mark);
  button.addEventListener('click', () => {
    box.checked = false;
    box.dispatchEvent(new Event('change', {bubbles: true}));
    document.querySelector(`[data-filter="${box.closest('ul').id}"]`)?.focus();
  });
  const item = document.createElement('li');
  item.append(button);
  return item;
}

function showChosen(list) {
  const chips = document.querySelector(`[data-chips="${list.id}"]`);
  const chosen = [...list.querySelectorAll('input:checked')];
  chips?.replaceChildren(...chosen.map((box) => chip(box, chips.dataset.remove)));
  const button = document.querySelector(`[data-count-of="${list.id}"]`);
  if (!button) return;
  button.dataset.plain ??= button.firstChild.textContent;
  button.firstChild.textContent =
    chosen.length ? `${button.dataset.countLabel.replace('#', chosen.length)} ` : button.dataset.plain;
}

// One unit cannot lead and support at once: the later choice wins.
function keepOneRole(input) {
  const row = input.closest('.assign-row');
  if (!row || !input.checked) return;
  const other = row.querySelector(input.name === 'lead' ? '[name=support]' : '[name=lead]');
  other.checked = false;
}

// What is missing or wrong is said beside its field and stays there, in the language of the page.
function reasonOf(input) {
  const say = document.getElementById('js-texts')?.dataset ?? {};
  if (input.validity.customError) return input.validationMessage;
  return input.validity.valueMissing ? say.missing : say.wrong;
}

function showFault(input) {
  const field = input.closest('.field');
  if (!field) return false;
  clearFault(input);
  const fault = document.createElement('p');
  fault.className = 'field-error';
  fault.id = `${input.id || input.name}-fault`;
  fault.dataset.fault = '';
  fault.textContent = reasonOf(input);
  field.classList.add('is-wrong');
  field.append(fault);
  input.setAttribute('aria-invalid', 'true');
  input.setAttribute('aria-errormessage', fault.id);
  return true;
}

function clearFault(input) {
  const field = input.closest('.field');
  const fault = field?.querySelector('[data-fault]');
  if (!fault) return;
  fault.remove();
  field.classList.remove('is-wrong');
  for (const one of field.querySelectorAll('[aria-errormessage]')) {
    one.removeAttribute('aria-invalid');
    one.removeAttribute('aria-errormessage');
  }
}

function checkDate(input) {
  const text = input.value.trim();
  const say = document.getElementById('js-texts')?.dataset ?? {};
  input.setCustomValidity(!text || isDay(text) ? '' : say.badDate);
}

function isDay(text) {
  const [, day, month, year] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text) ?? [];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCDate() === Number(day) && date.getUTCMonth() === month - 1;
}

document.addEventListener('invalid', (event) => {
  if (!showFault(event.target)) return;
  event.preventDefault();
  const first = [...event.target.form.elements].find((one) => one.willValidate && !one.validity.valid);
  if (first === event.target) first.focus();
}, true);

document.addEventListener('input', (event) => {
  clearFault(event.target);
  if (event.target.matches('[data-date]')) event.target.setCustomValidity('');
  if (event.target.matches('[data-filter]')) filter(event.target);
  if (event.target.matches('[data-grow]')) grow(event.target);
});
document.addEventListener('change', (event) => {
  const input = event.target;
  if (input.matches('[data-date]')) {
    tidyDate(input);
    checkDate(input);
    if (!input.validity.valid) showFault(input);
  }
  if (input.matches('.assign-row input')) keepOneRole(input);
  if (input.matches('.pick input')) showChosen(input.closest('.pick'));
});
document.addEventListener('keydown', (event) => {
  // Enter in a filter would send the form.
  if (event.key === 'Enter' && event.target.matches('[data-filter]')) event.preventDefault();
});
document.addEventListener('click', (event) => {
  const phrase = event.target.closest('[data-phrase]');
  if (phrase) addPhrase(phrase);
});
// A second click on a button that signs, numbers or issues does nothing while the first is on its way.
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || form.dataset.upload !== undefined || event.defaultPrevented) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = 'yes';
  form.querySelectorAll('.btn-main').forEach((button) => button.setAttribute('aria-disabled', 'true'));
});
addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-sent]')) delete form.dataset.sent;
  for (const button of document.querySelectorAll('.btn-main')) button.removeAttribute('aria-disabled');
});

function begin(root) {
  for (const list of root.querySelectorAll('.pick')) showChosen(list);
  for (const box of root.querySelectorAll('[data-grow]')) grow(box);
}
document.addEventListener('htmx:load', (event) => begin(event.target));
begin(document);
