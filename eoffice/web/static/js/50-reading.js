// What was read in the document, in the registration's form: values that come while it is read fill
// only fields that nobody has touched; a field that has the focus shows where on the page its value
// stands; Enter confirms a field and goes to the next. Without script the form is filled when it opens.
const stateOf = () => document.getElementById('reading-state');
const formOf = () => stateOf()?.closest('form');
const fieldOf = (input) => input.closest('.field');

function show(input, value) {
  if (input.tagName === 'SELECT' && ![...input.options].some((one) => one.value === value)) return;
  input.value = value;
  fieldOf(input)?.classList.add('is-read');
  if (input.matches('[data-grow]') && input.scrollHeight > input.clientHeight) input.style.height = `${input.scrollHeight + 2}px`;
}

// A select always has a value: until somebody chose, it is free.
const isFree = (input) => !input.dataset.touched && (input.tagName === 'SELECT' || !input.value || input.value === input.dataset.filled);

function apply() {
  const form = formOf();
  if (!form) return;
  for (const button of stateOf().querySelectorAll('[data-take]')) button.hidden = false;
  if (stateOf().dataset.typed !== undefined) for (const one of form.elements) one.dataset.touched = 'yes';
  for (const found of stateOf().querySelectorAll('[data-found-list] [data-field]')) {
    const input = form.elements[found.dataset.field];
    if (!input) continue;
    input.dataset.places = found.dataset.places;
    fieldOf(input)?.classList.toggle('is-unsure', found.dataset.look === 'yes');
    if (found.dataset.fill !== 'yes' || !isFree(input) || input === document.activeElement) continue;
    show(input, found.dataset.value);
    input.dataset.filled = found.dataset.value;
  }
}

function clearBoxes() {
  for (const box of document.querySelectorAll('.found-box')) box.remove();
}

// `1 0.19 0.07 0.18 0.01;…`: page, left, top, width and height in parts of the page.
function outline(places) {
  clearBoxes();
  const sheets = document.querySelector('.sheets');
  if (!sheets?.offsetParent) return;
  let first = null;
  for (const place of (places ?? '').split(';').filter(Boolean)) {
    const [page, left, top, width, height] = place.split(' ').map(Number);
    const image = sheets.querySelector(`[data-page="${page}"]`);
    if (!image) continue;
    const box = document.createElement('div');
    box.className = 'found-box';
    box.style.left = `${image.offsetLeft + left * image.offsetWidth - 4}px`;
    box.style.top = `${image.offsetTop + top * image.offsetHeight - 3}px`;
    box.style.width = `${width * image.offsetWidth + 8}px`;
    box.style.height = `${height * image.offsetHeight + 6}px`;
    sheets.append(box);
    first ??= box;
  }
  if (!first) return;
  const above = first.offsetTop < sheets.scrollTop + 40;
  const below = first.offsetTop + first.offsetHeight > sheets.scrollTop + sheets.clientHeight - 40;
  if (above || below) sheets.scrollTop = Math.max(0, first.offsetTop - sheets.clientHeight / 3);
}

function confirm(input) {
  input.dataset.touched = 'yes';
  fieldOf(input)?.classList.remove('is-read', 'is-unsure');
}

const isStop = (one) => one.offsetParent && !one.disabled && one.matches('input:not([type=hidden]), textarea, select, .btn-main');

document.addEventListener('focusin', (event) => {
  if (event.target.form && event.target.form === formOf()) outline(event.target.dataset.places);
  else clearBoxes();
});
addEventListener('resize', () => formOf()?.contains(document.activeElement) && outline(document.activeElement.dataset.places));

for (const kind of ['input', 'change'])
  document.addEventListener(kind, (event) => {
    if (event.target.form && event.target.form === formOf() && event.target.name) confirm(event.target);
  });

document.addEventListener('keydown', (event) => {
  const input = event.target;
  if (event.key !== 'Enter' || event.ctrlKey || event.shiftKey || event.isComposing || !input.form || input.form !== formOf()) return;
  if (!input.matches('input:not([type=checkbox], [type=file]), textarea, select')) return;
  event.preventDefault();
  confirm(input);
  const stops = [...input.form.elements].filter(isStop);
  stops[stops.indexOf(input) + 1]?.focus();
});

document.addEventListener('click', (event) => {
  const take = event.target.closest('[data-take]');
  if (take) {
    const input = formOf()?.elements[take.dataset.take];
    if (!input) return;
    show(input, take.dataset.value);
    confirm(input);
    take.closest('li').remove();
    input.focus();
  }
  const copy = event.target.closest('[data-copy]');
  if (copy) copyText(copy);
});

async function copyText(button) {
  const pages = document.getElementById(button.dataset.copy).querySelectorAll('pre');
  await navigator.clipboard.writeText([...pages].map((one) => one.textContent).join('\n'));
  globalThis.eofficeToast(document.getElementById('js-texts').dataset.copied, 'good');
}

function begin() {
  for (const button of document.querySelectorAll('[data-copy]')) button.hidden = !navigator.clipboard;
  apply();
}
document.addEventListener('htmx:load', begin);
begin();
