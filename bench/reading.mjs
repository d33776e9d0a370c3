// How well intake reads (docs/intake.md): makes a set of documents as Vietnamese offices lay them out,
// as PDFs with text and as crooked, noisy scans of 200 dpi, reads them, and prints for each field how many
// were right, left empty and wrong, and the seconds a page.
//   cmake --build BUILD --target read_files && EOFFICE_BUILD=BUILD node bench/reading.mjs [COUNT]
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {launch} from '../tests/browser/lib/browser.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const build = process.env.EOFFICE_BUILD ?? join(root, 'build/release');
const count = Number(process.argv[2] ?? 40);

// The same documents each time.
let seed = 20260106;
const random = () => (seed = (seed * 1103515245 + 12345) % 2147483648) / 2147483648;
const one = (list) => list[Math.floor(random() * list.length)];
const two = (number) => String(number).padStart(2, '0');

const kBodies = [
  {lines: ['ỦY BAN NHÂN DÂN', 'TỈNH KHÁNH HÒA'], name: 'Ủy ban nhân dân tỉnh Khánh Hòa', code: 'UBND', part: 'KGVX', head: 'CHỦ TỊCH', deputy: 'PHÓ CHỦ TỊCH', tm: 'TM. ỦY BAN NHÂN DÂN'},
  {lines: ['UBND TỈNH KHÁNH HÒA', 'SỞ NỘI VỤ'], name: 'Sở Nội vụ', code: 'SNV', part: 'TCBC', head: 'GIÁM ĐỐC', deputy: 'PHÓ GIÁM ĐỐC'},
  {lines: ['UBND TỈNH KHÁNH HÒA', 'SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG'], name: 'Sở Nông nghiệp và Môi trường', code: 'SNNMT', part: 'VP', head: 'GIÁM ĐỐC', deputy: 'PHÓ GIÁM ĐỐC'},
  {lines: ['BỘ NỘI VỤ'], name: 'Bộ Nội vụ', code: 'BNV', part: 'CCVC', head: 'BỘ TRƯỞNG', deputy: 'THỨ TRƯỞNG'},
  {lines: ['VĂN PHÒNG CHÍNH PHỦ'], name: 'Văn phòng Chính phủ', code: 'VPCP', part: 'KSTT', head: 'BỘ TRƯỞNG, CHỦ NHIỆM', deputy: 'PHÓ CHỦ NHIỆM'},
  {lines: ['ỦY BAN NHÂN DÂN', 'PHƯỜNG NHA TRANG'], name: 'Ủy ban nhân dân phường Nha Trang', code: 'UBND', part: 'VHXH', head: 'CHỦ TỊCH', deputy: 'PHÓ CHỦ TỊCH', tm: 'TM. ỦY BAN NHÂN DÂN'},
  {lines: ['HỘI ĐỒNG NHÂN DÂN', 'TỈNH KHÁNH HÒA'], name: 'Hội đồng nhân dân tỉnh Khánh Hòa', code: 'HĐND', part: 'VP', head: 'CHỦ TỊCH', deputy: 'PHÓ CHỦ TỊCH', tm: 'TM. HỘI ĐỒNG NHÂN DÂN'},
];
const kTypes = [['Công văn', ''], ['Quyết định', 'QĐ'], ['Thông báo', 'TB'], ['Giấy mời', 'GM'], ['Công điện', 'CĐ'], ['Kế hoạch', 'KH'], ['Nghị quyết', 'NQ'], ['Báo cáo', 'BC'], ['Tờ trình', 'TTr'], ['Chỉ thị', 'CT']];
const kThings = ['đẩy mạnh cải cách hành chính', 'tăng cường công tác phòng, chống thiên tai và tìm kiếm cứu nạn', 'báo cáo tình hình thực hiện nhiệm vụ phát triển kinh tế - xã hội', 'rà soát, sắp xếp, tổ chức lại các đơn vị sự nghiệp công lập', 'triển khai chuyển đổi số trong hoạt động của cơ quan nhà nước', 'góp ý dự thảo Quy chế làm việc', 'ứng phó với bão số 12 và mưa lũ', 'tiếp nhận, giải quyết hồ sơ thủ tục hành chính'];
const kPeople = ['Nguyễn Văn An', 'Trần Thị Bích Ngọc', 'Lê Hữu Trí', 'Phạm Minh Đức', 'Hoàng Thị Thu Hương', 'Đỗ Quốc Khánh', 'Võ Thị Mỹ Linh', 'Đặng Ngọc Thùy Dương'];
const kText = 'Thực hiện chỉ đạo của cấp có thẩm quyền về nhiệm vụ trọng tâm năm 2026, đề nghị các cơ quan, đơn vị, địa phương quán triệt, tổ chức thực hiện nghiêm túc, bảo đảm tiến độ và chất lượng theo đúng quy định của pháp luật hiện hành.';

function document() {
  const body = one(kBodies);
  const [type, code] = one(kTypes);
  const day = 1 + Math.floor(random() * 28);
  const month = 1 + Math.floor(random() * 12);
  const number = two(1 + Math.floor(random() * 4000));
  const thing = `${one(kThings)} năm ${2026 + Math.floor(random() * 2)}${random() < 0.4 ? ' trên địa bàn tỉnh Khánh Hòa' : ''}`;
  const deputy = random() < 0.5;
  const due = random() < 0.5 ? {day: 1 + Math.floor(random() * 28), month: 1 + Math.floor(random() * 12), year: 2027} : null;
  const urgency = random() < 0.25 ? one([['HỎA TỐC', 'hoa_toc'], ['KHẨN', 'khan'], ['THƯỢNG KHẨN', 'thuong_khan']]) : null;
  const subject = code ? `${random() < 0.5 ? 'Về việc' : 'Về'} ${thing}` : `V/v ${thing}`;
  const dueText = due && one([`trước ngày ${two(due.day)}/${two(due.month)}/${due.year}`, `chậm nhất ngày ${two(due.day)} tháng ${due.month < 3 ? two(due.month) : due.month} năm ${due.year}`]);
  return {
    body, type, code, deputy, dueText, urgency, subject, person: one(kPeople), place: body.code.startsWith('B') || body.code === 'VPCP' ? 'Hà Nội' : 'Khánh Hòa',
    symbol: code ? `${number}/${code}-${body.code}` : `${number}/${body.code}-${body.part}`,
    dateText: `ngày ${two(day)} tháng ${month < 3 ? two(month) : month} năm 2026`,
    wanted: {
      symbol: code ? `${number}/${code}-${body.code}` : `${number}/${body.code}-${body.part}`, issued_date: `2026-${two(month)}-${two(day)}`,
      issuer_name: body.name, type, subject, urgency: urgency?.[1], due_date: due && `${due.year}-${two(due.month)}-${two(due.day)}`,
    },
  };
}

function html(d) {
  const cell = (lines) => lines.map((line, i) => `<div class="${i === lines.length - 1 ? 'b' : ''}">${line}</div>`).join('');
  const vv = d.code ? '' : `<div class="vv">${d.subject}</div>`;
  const title = d.code ? `<h1>${d.type.toUpperCase()}</h1><p class="subject">${d.subject}</p><div class="rule"></div>` : '<p class="to">Kính gửi: Các sở, ban, ngành; Ủy ban nhân dân các xã, phường, đặc khu</p>';
  const ask = d.dueText ? `Kết quả thực hiện đề nghị gửi báo cáo về cơ quan ${d.dueText} để tổng hợp.` : '';
  const posts = [d.body.tm, d.deputy ? `KT. ${d.body.head}` : d.body.head, d.deputy ? d.body.deputy : null].filter(Boolean);
  return `<!doctype html><meta charset="utf-8"><style>
    @page { size: A4; margin: 20mm 15mm 20mm 30mm } body { font: 14pt/1.3 "Liberation Serif", serif; margin: 0 } .b { font-weight: bold }
    .head { display: grid; grid-template-columns: 42% 58%; text-align: center; font-size: 13pt } .vv { font-size: 12pt; padding: 0 6px }
    .urgent { display: inline-block; border: 1px solid; padding: 1px 10px; margin-top: 6px; font-weight: bold; color: #c00 } h1 { font-size: 14pt; text-align: center; margin: 26px 0 0 }
    .subject { font-weight: bold; text-align: center; margin: 0 40px } .rule { width: 90px; border-top: 1px solid; margin: 4px auto 14px } .to { text-align: center; margin: 26px 0 14px }
    p.t { text-indent: 1.27cm; text-align: justify; margin: 6px 0 } .foot { display: grid; grid-template-columns: 50% 50%; margin-top: 20px } .foot > :first-child { font-size: 11pt } .sign { text-align: center; font-weight: bold } .name { margin-top: 80px }
    </style><div class="head"><div>${cell(d.body.lines)}<div class="rule"></div><div>Số: ${d.symbol}</div>${vv}${d.urgency ? `<div class="urgent">${d.urgency[0]}</div>` : ''}</div>
    <div><div class="b">CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</div><div class="b">Độc lập - Tự do - Hạnh phúc</div><div class="rule" style="width:170px"></div><i>${d.place}, ${d.dateText}</i></div></div>
    ${title}<p class="t">Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;</p><p class="t">${kText}</p><p class="t">1. ${kText}</p><p class="t">2. ${ask} ${kText}</p>
    <div class="foot"><div><b><i>Nơi nhận:</i></b><br>- Như trên;<br>- Lưu: VT, ${d.body.part}.</div><div class="sign">${posts.join('<br>')}<div class="name">${d.person}</div></div></div>`;
}

const fold = (text) => (text ?? '').normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/gi, 'd').toLowerCase();
// OCR may lose a mark on a letter: an abstract that a reader takes for the same is right.
const same = (field, a, b) => (field === 'subject' || field === 'signer_name' ? fold(a) === fold(b) : a === b);

function judge(documents, files, flags) {
  const out = execFileSync(join(build, 'bench/read_files'), [...flags, ...files], {maxBuffer: 1 << 28, encoding: 'utf8'});
  const rows = out.trim().split('\n').map((line) => JSON.parse(line));
  const table = {};
  let seconds = 0;
  let pages = 0;
  rows.forEach((row, i) => {
    seconds += row.seconds;
    pages += row.pages;
    const found = Object.fromEntries(row.findings.map((one) => [one.field, one.value]));
    for (const [field, wanted] of Object.entries({...documents[i].wanted, signer_name: documents[i].person})) {
      table[field] ??= {right: 0, empty: 0, wrong: 0};
      const kind = same(field, found[field] ?? null, wanted ?? null) ? 'right' : found[field] ? 'wrong' : 'empty';
      ++table[field][kind];
      if (kind === 'wrong' && process.env.SHOW) console.log(`${field}: ${found[field]}  (${wanted})`);
    }
  });
  return {table, perPage: seconds / pages};
}

function print(title, {table, perPage}) {
  console.log(`\n${title}: ${perPage.toFixed(2)} s a page`);
  for (const [field, {right, empty, wrong}] of Object.entries(table)) console.log(`  ${field.padEnd(16)} right ${String(right).padStart(4)}   empty ${String(empty).padStart(4)}   wrong ${String(wrong).padStart(4)}`);
}

const folder = mkdtempSync(join(tmpdir(), 'eo-reading-'));
const browser = await launch();
const page = await (await browser.newContext()).newPage();
const documents = Array.from({length: count}, document);
const plain = [];
const scans = [];
for (const [i, d] of documents.entries()) {
  await page.setContent(html(d));
  const file = join(folder, `${i}.pdf`);
  await page.pdf({path: file, preferCSSPageSize: true});
  plain.push(file);
  execFileSync('pdftoppm', ['-r', '200', '-jpeg', '-jpegopt', 'quality=60', '-gray', '-singlefile', file, join(folder, `${i}`)]);
  const picture = readFileSync(join(folder, `${i}.jpg`)).toString('base64');
  const turn = (random() * 1.6 - 0.8).toFixed(2);
  await page.setContent(`<style>@page{size:A4;margin:0}body{margin:0}img{width:210mm;transform:rotate(${turn}deg);filter:contrast(.85) blur(.25px)}</style><img src="data:image/jpeg;base64,${picture}">`);
  await page.pdf({path: join(folder, `${i}-scan.pdf`), preferCSSPageSize: true, pageRanges: '1'});
  scans.push(join(folder, `${i}-scan.pdf`));
}
await browser.close();
print(`${count} PDFs with text`, judge(documents, plain, []));
print(`${count} scans of 200 dpi, up to 0.8 degrees crooked`, judge(documents, scans, []));
if (process.env.KEEP) console.log(folder);
else rmSync(folder, {recursive: true});
