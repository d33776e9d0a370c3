#include <fmt/format.h>

#include <fstream>

#include "eoffice/documents/temporary_file.h"
#include "eoffice/web/view_pages.h"

namespace eoffice::web {

// texts: state.* urgency.* view.column.*
documents::ExportWords exportWords(const Speech& say) {
  return {
      .title = say("documents.title"),
      .column =
          [say](documents::ViewColumn column) {
            return say("view.column." + std::string(nameOf(column)));
          },
      .state = [say](documents::State state) { return say("state." + std::string(nameOf(state))); },
      .urgency =
          [say](documents::Urgency urgency) {
            return say("urgency." + std::string(nameOf(urgency)));
          }};
}

base::Result<base::http::Response> exportAnswer(const PageParts& parts, const Caller& caller,
                                                base::Language language,
                                                const documents::View& view,
                                                print::SheetForm form) {
  const Speech say(parts.renderer.texts(), language);
  const auto file = std::make_shared<documents::TemporaryFile>(parts.temporary);
  const auto rows = documents::exportView(parts.database, parts.renderer.clock(), caller, view,
                                          form, exportWords(say), file->path());
  if (!rows) return tl::unexpected(rows.error());
  base::http::Response response;
  response.set("Content-Type", std::string(mediaTypeOf(form)));
  response.set("Content-Disposition",
               fmt::format("attachment; filename=\"van-ban-{}.{}\"",
                           base::isoDate(parts.renderer.clock().today()), endingOf(form)));
  response.set("Cache-Control", "no-store");
  response.body = base::http::StreamBody([file](std::ostream& out) {
    std::ifstream in(file->path(), std::ios::binary);
    out << in.rdbuf();
  });
  return response;
}

}  // namespace eoffice::web
