#include "eoffice/app/search_commands.h"

#include <fmt/format.h>

#include <algorithm>

#include "eoffice/app/platform.h"
#include "eoffice/app/process_parts.h"
#include "eoffice/documents/search_content.h"
#include "eoffice/search/builder.h"
#include "eoffice/search/feed.h"
#include "eoffice/search/index.h"

namespace eoffice::app {
namespace {

using base::db::Session;

std::string text(std::int64_t number) { return std::to_string(number); }

// A line for each tenth.
class Progress {
 public:
  explicit Progress(const Console& console) : console_(console) {}
  bool operator()(const search::BuildProgress& at) {
    if (at.all == 0) return true;
    const auto tenth = std::min<std::int64_t>(10, 10 * at.done / at.all);
    if (tenth > told_) {
      told_ = tenth;
      console_.print(console_.say("cli.search.progress",
                                  {{"percent", text(10 * tenth)}, {"done", text(at.done)}}));
    }
    return true;
  }

 private:
  const Console& console_;
  std::int64_t told_ = 0;
};

Exit unusable(const Console& console, const search::IndexError& error) {
  console.complain(
      {base::RefusalKind::Unavailable, "search.index_unusable", {}, {{"what", error.what()}}});
  return Exit::Failed;
}

}  // namespace

Exit rebuildSearch(const Console& console, const base::Config& config) {
  Store store(config);
  store.migrate(config, Kind::Office);
  const documents::SearchContent content;
  const auto folder = indexFolder(config);
  try {
    Progress progress(console);
    const auto built = search::buildIndex(store.database(), content, folder, std::ref(progress));
    if (built == search::Built::Busy) {
      console.complain({base::RefusalKind::Conflict, "search.rebuild_running"});
      return Exit::Refused;
    }
    const auto facts = search::factsOf(folder.pathOf(folder.current()));
    console.print(console.say("cli.search.rebuilt", {{"documents", text(facts.documents)}}));
    return Exit::Done;
  } catch (const search::IndexError& error) {
    return unusable(console, error);
  }
}

Exit searchStatus(const Console& console, const base::Config& config) {
  const auto folder = indexFolder(config);
  const auto name = folder.current();
  if (name.empty()) {
    console.print(console.say("cli.search.none"));
    return Exit::Done;
  }
  try {
    constexpr double kMegabyte = 1024.0 * 1024.0;
    const auto facts = search::factsOf(folder.pathOf(name));
    console.print(console.say(
        "cli.search.facts",
        {{"folder", folder.pathOf(name).string()},
         {"documents", text(facts.documents)},
         {"megabytes", fmt::format("{:.1f}", static_cast<double>(facts.bytes) / kMegabyte)}}));
    Store store(config);
    const auto feed = store.database().read(
        [&](Session& session) { return search::feedState(session, facts.mark.node); });
    console.print(console.say(
        "cli.search.feed",
        {{"waiting", text(feed.waiting)}, {"lag", fmt::format("{:.1f}", feed.lagSeconds)}}));
    return Exit::Done;
  } catch (const search::IndexError& error) {
    return unusable(console, error);
  }
}

}  // namespace eoffice::app
