// Uploads with progress: the form's own action by XMLHttpRequest, so that a refusal comes back as
// the page that says why. With data-upload-first the file goes as soon as it is chosen, and the page
// that shows it is opened. Without script the form is sent as any other.
const words = () => document.getElementById('js-texts').dataset;

function tell(form, text, percent) {
  const line = form.querySelector('[data-upload-progress]');
  line.hidden = false;
  const bar = line.querySelector('progress');
  if (percent === null) bar.removeAttribute('value');
  else bar.value = percent;
  line.querySelector('[data-upload-text]').textContent = text;
}

function open(request) {
  // The browser followed the redirect; where it ended is the page to show.
  const moved = request.responseURL && new URL(request.responseURL).pathname !== new URL(request.sentTo).pathname;
  if (request.status < 400 && moved) return location.assign(request.responseURL);
  const page = new DOMParser().parseFromString(request.responseText, 'text/html');
  const fresh = page.getElementById('document');
  if (!fresh) return location.reload();
  document.getElementById('document').replaceWith(document.adoptNode(fresh));
  globalThis.htmx?.process(fresh);
  fresh.dispatchEvent(new CustomEvent('htmx:load', {bubbles: true}));
}

function send(form, action, data) {
  if (form.dataset.sending) return;
  form.dataset.sending = 'yes';
  form.setAttribute('aria-busy', 'true');
  const request = new XMLHttpRequest();
  request.sentTo = new URL(action, location.href).href;
  const end = () => {
    delete form.dataset.sending;
    form.removeAttribute('aria-busy');
  };
  request.upload.addEventListener('progress', (event) => {
    if (!event.lengthComputable) return;
    const percent = Math.floor((100 * event.loaded) / event.total);
    tell(form, percent < 100 ? words().sent.replace('#', percent) : words().saving, percent);
  });
  request.addEventListener('load', () => {
    end();
    open(request);
  });
  request.addEventListener('error', () => {
    end();
    tell(form, words().lost, 0);
  });
  request.open('POST', request.sentTo);
  tell(form, words().sent.replace('#', 0), 0);
  request.send(data);
}

const isPdf = (file) => file.type === 'application/pdf' || /\.pdf$/i.test(file.name);

function showName(input, file) {
  const name = input.parentElement.querySelector('[data-file-name]');
  name.dataset.none ??= name.textContent;
  name.textContent = file?.name ?? name.dataset.none;
  name.parentElement.classList.toggle('has-file', Boolean(file));
}

function chosen(input) {
  const form = input.form;
  const file = input.files[0];
  showName(input, file);
  input.setCustomValidity(file && !isPdf(file) ? words().notPdf : '');
  if (!file || !input.reportValidity() || !form.dataset.uploadFirst) return;
  const data = new FormData();
  data.append('_csrf', form.elements._csrf.value);
  data.append('file', file);
  send(form, form.dataset.uploadFirst, data);
}

// First the file: the fields stand beside the document that it becomes, where what was typed is kept.
function fileFirst(root) {
  for (const form of root.querySelectorAll('[data-upload-first]'))
    if (!form.querySelector('[aria-invalid]')) form.classList.add('wants-file');
}
document.addEventListener('htmx:load', (event) => fileFirst(event.target));
fileFirst(document);

document.addEventListener('change', (event) => {
  if (event.target.matches('[data-upload-file]')) chosen(event.target);
});
document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.dataset.upload === undefined || event.defaultPrevented) return;
  if (!form.querySelector('[data-upload-file]')) return;
  event.preventDefault();
  send(form, form.action, new FormData(form, event.submitter));
});

// Enter would send the form; on a file field it chooses the file, as Space does.
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Enter' || event.ctrlKey || !event.target.matches('[data-upload-file]')) return;
  event.preventDefault();
  event.target.click();
});

document.addEventListener('click', (event) => {
  const zone = event.target.closest('[data-drop]');
  if (zone) document.getElementById(zone.dataset.drop).click();
});
for (const kind of ['dragover', 'dragleave', 'drop'])
  document.addEventListener(kind, (event) => {
    const zone = event.target.closest?.('[data-drop]');
    if (!zone) return;
    event.preventDefault();
    zone.classList.toggle('is-over', kind === 'dragover');
    if (kind !== 'drop' || !event.dataTransfer.files.length) return;
    const input = document.getElementById(zone.dataset.drop);
    input.files = event.dataTransfer.files;
    chosen(input);
  });
