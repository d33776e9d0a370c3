// An office with a search index beside it, fed by hand: round() is what the worker's thread does.
#pragma once

#include "eoffice/documents/finder.h"
#include "eoffice/documents/search_content.h"
#include "eoffice/search/worker.h"
#include "tests/integration/eoffice/documents/documents_fixture.h"

namespace tests {

class SearchTest : public DocumentsTest {
 protected:
  /// Until nothing waits.
  void feed() {
    while (worker->round()) {
    }
  }
  /// As if the office were started again.
  void restart() {
    worker.reset();
    start();
    feed();
  }
  [[nodiscard]] eoffice::documents::FindResult find(
      const eoffice::Caller& caller, const std::string& words,
      eoffice::documents::FindFilter filter = {}) const {
    return finder.find(caller, {.words = words, .filter = std::move(filter)}).value();
  }
  [[nodiscard]] std::vector<eoffice::DocumentId> ids(const eoffice::Caller& caller,
                                                     const std::string& words) const {
    std::vector<eoffice::DocumentId> out;
    for (const auto& one : find(caller, words).found) out.push_back(one.row.id);
    return out;
  }
  /// A registered incoming document with these fields.
  eoffice::DocumentId registeredAs(const eoffice::documents::Fields& fields) {
    const auto id = receive("scan " + fields.codeNumber + fields.subject);
    EXPECT_TRUE(incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = fields}));
    return id;
  }
  eoffice::DocumentId registeredAs(const std::string& number, const std::string& subject) {
    auto fields = goodFields();
    fields.codeNumber = number;
    fields.subject = subject;
    return registeredAs(fields);
  }

  void SetUp() override {
    DocumentsTest::SetUp();
    start();
  }
  void start() { worker.emplace(database(), content, indexes, searcher, metrics); }

  base::Metrics metrics;
  eoffice::documents::SearchContent content;
  eoffice::search::Searcher searcher;
  eoffice::search::IndexFolder indexes{folder.path() / "search"};
  std::optional<eoffice::search::SearchWorker> worker;
  eoffice::documents::Finder finder{database(), texts, &searcher};
};

}  // namespace tests
