// What subjects, names and bodies of a province's papers are made of: phrases as they stand in real
// ones, put together by chance. Deterministic: the same number gives the same office.
export const actions = ['V/v triển khai', 'V/v tăng cường', 'V/v rà soát', 'V/v báo cáo kết quả', 'V/v góp ý dự thảo', 'V/v thẩm định', 'V/v phối hợp thực hiện', 'V/v đôn đốc',
  'V/v hướng dẫn', 'V/v đề nghị phê duyệt', 'V/v cung cấp số liệu về', 'V/v chấn chỉnh', 'Kế hoạch', 'Báo cáo tình hình', 'Tờ trình về', 'Thông báo kết luận cuộc họp về',
  'Quyết định ban hành quy định về', 'Giấy mời họp về', 'Chỉ thị về', 'Công điện về', 'Hướng dẫn thực hiện', 'Phương án', 'Đề án', 'V/v xin ý kiến về', 'V/v trả lời kiến nghị về',
  'V/v xử lý kiến nghị của cử tri về', 'V/v giải trình về', 'V/v tổng kết', 'V/v sơ kết 6 tháng', 'V/v kiểm tra'];
export const objects = ['cải cách hành chính', 'chuyển đổi số', 'giải ngân vốn đầu tư công', 'phòng, chống thiên tai và tìm kiếm cứu nạn', 'ứng phó bão số 14', 'công tác văn thư, lưu trữ',
  'an toàn thực phẩm', 'an toàn giao thông', 'bồi thường, giải phóng mặt bằng', 'quy hoạch sử dụng đất', 'cấp giấy chứng nhận quyền sử dụng đất', 'xây dựng nông thôn mới',
  'giảm nghèo bền vững', 'bảo hiểm y tế toàn dân', 'phòng, chống dịch sốt xuất huyết', 'tuyển sinh lớp 10', 'cơ sở vật chất trường học', 'kỳ thi tốt nghiệp trung học phổ thông',
  'phổ cập giáo dục', 'bảo vệ môi trường biển', 'xử lý chất thải rắn sinh hoạt', 'khai thác cát, sỏi lòng sông', 'bảo vệ và phát triển rừng', 'phòng cháy, chữa cháy rừng',
  'chống khai thác thủy sản bất hợp pháp', 'phát triển du lịch', 'lễ hội đầu năm', 'trật tự xây dựng đô thị', 'nhà ở xã hội', 'cấp nước sạch nông thôn', 'điện chiếu sáng công cộng',
  'sắp xếp đơn vị hành chính', 'tinh giản biên chế', 'thi đua, khen thưởng', 'bổ nhiệm cán bộ lãnh đạo, quản lý', 'đánh giá, xếp loại công chức', 'tiếp công dân, giải quyết khiếu nại, tố cáo',
  'phòng, chống tham nhũng, tiêu cực', 'thực hành tiết kiệm, chống lãng phí', 'dự toán ngân sách nhà nước', 'quyết toán kinh phí', 'mua sắm tài sản công', 'đấu thầu qua mạng',
  'dịch vụ công trực tuyến toàn trình', 'số hóa kết quả giải quyết thủ tục hành chính', 'định danh và xác thực điện tử', 'an toàn thông tin mạng', 'chữ ký số chuyên dùng', 'trục liên thông văn bản',
  'lao động, việc làm', 'trợ giúp xã hội', 'người có công với cách mạng', 'bình đẳng giới', 'trẻ em có hoàn cảnh đặc biệt', 'đào tạo nghề cho lao động nông thôn', 'hợp tác xã nông nghiệp',
  'sản phẩm OCOP', 'tiêm phòng gia súc, gia cầm', 'hạn hán, xâm nhập mặn', 'vận hành hồ chứa thủy lợi', 'đường cao tốc Khánh Hòa - Buôn Ma Thuột', 'Khu kinh tế Vân Phong', 'cảng cá, khu neo đậu tránh trú bão'];
export const qualifiers = ['', 'trên địa bàn tỉnh', 'theo chỉ đạo của Thủ tướng Chính phủ', 'giai đoạn 2026 - 2030', 'quý I', 'quý II', 'quý III', 'quý IV', 'năm học 2025 - 2026',
  'theo Nghị quyết của Hội đồng nhân dân tỉnh', 'theo kết luận thanh tra', 'trước mùa mưa bão', 'trong dịp Tết Nguyên đán', 'phục vụ kỳ họp Hội đồng nhân dân tỉnh',
  'đối với các dự án trọng điểm', 'tại các khu dân cư ven biển', 'theo Quyết định số 1909/QĐ-TTg', 'và định hướng đến năm 2045', 'theo Công văn số 5678/VPCP-KGVX', 'còn tồn đọng, kéo dài',
  'theo tinh thần Nghị quyết số 57-NQ/TW', 'đợt 1', 'đợt 2', 'tháng 9', 'tháng 10', 'tháng 11', '6 tháng đầu năm', '9 tháng đầu năm', 'cả năm', 'theo kiến nghị của doanh nghiệp'];
export const wards = ['Nha Trang', 'Bắc Nha Trang', 'Tây Nha Trang', 'Nam Nha Trang', 'Bắc Cam Ranh', 'Cam Ranh', 'Cam Linh', 'Ba Ngòi', 'Ninh Hòa', 'Đông Ninh Hòa', 'Hòa Thắng', 'Phan Rang', 'Đông Hải',
  'Ninh Chử', 'Bảo An', 'Đô Vinh', 'Nam Cam Ranh', 'Bắc Ninh Hòa', 'Tân Định', 'Nam Ninh Hòa', 'Tây Ninh Hòa', 'Hòa Trí', 'Đại Lãnh', 'Tu Bông', 'Vạn Thắng', 'Vạn Ninh', 'Vạn Hưng', 'Diên Khánh',
  'Diên Lạc', 'Diên Điền', 'Diên Lâm', 'Diên Thọ', 'Suối Hiệp', 'Cam Lâm', 'Suối Dầu', 'Cam Hiệp', 'Cam An', 'Bắc Khánh Vĩnh', 'Trung Khánh Vĩnh', 'Tây Khánh Vĩnh', 'Nam Khánh Vĩnh', 'Khánh Vĩnh',
  'Khánh Sơn', 'Tây Khánh Sơn', 'Đông Khánh Sơn', 'Trường Sa', 'Ninh Phước', 'Phước Hữu', 'Phước Hậu', 'Thuận Nam', 'Cà Ná', 'Phước Hà', 'Phước Dinh', 'Ninh Hải', 'Xuân Hải', 'Vĩnh Hải', 'Thuận Bắc',
  'Công Hải', 'Ninh Sơn', 'Lâm Sơn', 'Anh Dũng', 'Mỹ Sơn', 'Bác Ái'];
export const departments = [['Sở Nội vụ', 'SNV'], ['Sở Tài chính', 'STC'], ['Sở Xây dựng', 'SXD'], ['Sở Nông nghiệp và Môi trường', 'SNNMT'], ['Sở Giáo dục và Đào tạo', 'SGDĐT'], ['Sở Y tế', 'SYT'],
  ['Sở Công Thương', 'SCT'], ['Sở Khoa học và Công nghệ', 'SKHCN'], ['Sở Văn hóa, Thể thao và Du lịch', 'SVHTTDL'], ['Sở Tư pháp', 'STP'], ['Sở Dân tộc và Tôn giáo', 'SDTTG'], ['Thanh tra tỉnh', 'TTr'],
  ['Ban Quản lý Khu kinh tế Vân Phong', 'KKT'], ['Ban Quản lý dự án đầu tư xây dựng', 'BQLDA'], ['Trung tâm Phục vụ hành chính công tỉnh', 'TTPVHCC'], ['Sở Ngoại vụ', 'SNgV'],
  ['Trường Chính trị tỉnh', 'TCT'], ['Chi cục Thủy lợi', 'CCTL'], ['Chi cục Kiểm lâm', 'CCKL'], ['Bệnh viện Đa khoa tỉnh', 'BVĐK']];
export const outside = ['Văn phòng Chính phủ', 'Thủ tướng Chính phủ', 'Bộ Nội vụ', 'Bộ Tài chính', 'Bộ Xây dựng', 'Bộ Nông nghiệp và Môi trường', 'Bộ Giáo dục và Đào tạo', 'Bộ Y tế', 'Bộ Công Thương',
  'Bộ Khoa học và Công nghệ', 'Bộ Văn hóa, Thể thao và Du lịch', 'Bộ Tư pháp', 'Bộ Công an', 'Bộ Quốc phòng', 'Bộ Ngoại giao', 'Bộ Dân tộc và Tôn giáo', 'Thanh tra Chính phủ', 'Ngân hàng Nhà nước Việt Nam',
  'Kiểm toán Nhà nước khu vực VIII', 'Tỉnh ủy Khánh Hòa', 'Văn phòng Tỉnh ủy', 'Hội đồng nhân dân tỉnh', 'Đoàn đại biểu Quốc hội tỉnh', 'Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh', 'Công an tỉnh', 'Bộ Chỉ huy Quân sự tỉnh',
  'Viện kiểm sát nhân dân tỉnh', 'Tòa án nhân dân tỉnh', 'Bảo hiểm xã hội tỉnh', 'Thuế tỉnh Khánh Hòa', 'Kho bạc Nhà nước khu vực XIV', 'Công ty Điện lực Khánh Hòa', 'Công ty Cổ phần Cấp thoát nước Khánh Hòa',
  'Liên đoàn Lao động tỉnh', 'Tỉnh Đoàn Khánh Hòa', 'Hội Cựu chiến binh tỉnh', 'UBND tỉnh Đắk Lắk', 'UBND tỉnh Lâm Đồng', 'UBND thành phố Đà Nẵng', 'Trường Đại học Nha Trang'];
export const types = [['', 'Công văn', 52], ['BC', 'Báo cáo', 12], ['TTr', 'Tờ trình', 8], ['QĐ', 'Quyết định', 9], ['TB', 'Thông báo', 6], ['KH', 'Kế hoạch', 5], ['GM', 'Giấy mời', 4], ['CĐ', 'Công điện', 1],
  ['CT', 'Chỉ thị', 1], ['HD', 'Hướng dẫn', 1], ['BB', 'Biên bản', 1]];
const family = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Huỳnh', 'Phan', 'Vũ', 'Võ', 'Đặng', 'Bùi', 'Đỗ', 'Hồ', 'Ngô', 'Dương', 'Lý', 'Đinh', 'Đoàn', 'Trịnh', 'Mai'];
const middle = ['Văn', 'Thị', 'Hữu', 'Đức', 'Thanh', 'Minh', 'Ngọc', 'Quốc', 'Xuân', 'Thu', 'Hoàng', 'Kim', 'Anh', 'Gia', 'Bảo', 'Thùy'];
const given = ['An', 'Bình', 'Châu', 'Dũng', 'Đạt', 'Giang', 'Hà', 'Hải', 'Hạnh', 'Hiếu', 'Hoa', 'Hùng', 'Hương', 'Khánh', 'Lan', 'Linh', 'Long', 'Mai', 'Nam', 'Nga', 'Nhung', 'Phong', 'Phúc', 'Phương', 'Quang',
  'Quỳnh', 'Sơn', 'Tâm', 'Thảo', 'Thắng', 'Trang', 'Trung', 'Tú', 'Tuấn', 'Vân', 'Việt', 'Yến', 'Ý', 'Đào', 'Đông'];
export const nameOf = (i) => `${family[(i * 7 + (i >> 5)) % family.length]} ${middle[(i * 5 + (i >> 3)) % middle.length]} ${given[(i * 11 + (i >> 7)) % given.length]}`;
/** As base::fold does it. */
export const fold = (text) => text.normalize('NFKD').toLowerCase().replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/\s+/g, ' ').trim();
