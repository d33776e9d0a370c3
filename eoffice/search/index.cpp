#include "eoffice/search/index.h"

#include "eoffice/search/errors_internal.h"
#include "eoffice/search/terms_internal.h"

namespace eoffice::search {
namespace {

constexpr const char* kFormatKey = "format";
constexpr const char* kNodeKey = "node";
constexpr const char* kGenerationKey = "generation";

std::int64_t numberOf(const std::string& text) { return text.empty() ? 0 : std::stoll(text); }

IndexMark readMark(const Xapian::Database& database) {
  if (database.get_metadata(kFormatKey) != kFormat) {
    throw IndexError(IndexError::Kind::Broken, "another format");
  }
  return {numberOf(database.get_metadata(kNodeKey)),
          numberOf(database.get_metadata(kGenerationKey))};
}

}  // namespace

struct Index::State {
  Xapian::WritableDatabase database;
  IndexMark mark;
};

Index::Index(std::unique_ptr<State> state) : state_(std::move(state)) {}
Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;
Index::~Index() = default;

Index Index::create(const std::filesystem::path& directory, std::int64_t node) {
  return translated([&] {
    auto state = std::make_unique<State>();
    state->database = Xapian::WritableDatabase(directory.string(), Xapian::DB_CREATE);
    state->database.set_metadata(kFormatKey, std::string(kFormat));
    state->database.set_metadata(kNodeKey, std::to_string(node));
    state->mark.node = node;
    Index index(std::move(state));
    index.commit();
    return index;
  });
}

Index Index::open(const std::filesystem::path& directory) {
  return translated([&] {
    auto state = std::make_unique<State>();
    state->database = Xapian::WritableDatabase(directory.string(), Xapian::DB_OPEN);
    state->mark = readMark(state->database);
    return Index(std::move(state));
  });
}

void Index::put(const Content& content) {
  translated(
      [&] { state_->database.replace_document(docidOf(content.document), documentFor(content)); });
}

void Index::remove(DocumentId document) {
  translated([&] {
    try {
      state_->database.delete_document(docidOf(document));
    } catch (const Xapian::DocNotFoundError&) {
      return;  // Never indexed, or removed before: the change was met twice.
    }
  });
}

void Index::commit() {
  translated([&] {
    state_->database.set_metadata(kGenerationKey, std::to_string(state_->mark.generation + 1));
    state_->database.commit();
    ++state_->mark.generation;
  });
}

const IndexMark& Index::mark() const { return state_->mark; }

std::int64_t Index::documents() const {
  return translated([&] { return std::int64_t{state_->database.get_doccount()}; });
}

IndexFacts factsOf(const std::filesystem::path& directory) {
  return translated([&] {
    const Xapian::Database database(directory.string());
    IndexFacts facts{.mark = readMark(database), .documents = database.get_doccount()};
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
      std::error_code gone;
      const auto size = entry.file_size(gone);
      if (!gone) facts.bytes += size;
    }
    return facts;
  });
}

}  // namespace eoffice::search
