#include "eoffice/intake/reading_worker.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <thread>

#include "base/crypto/digest.h"
#include "base/log.h"
#include "base/text.h"
#include "eoffice/intake/reading_store.h"

namespace eoffice::intake {
namespace {

using base::Instant;
using base::db::Session;
using reading_store::Attempt;
using reading_store::Claim;
using reading_store::Progress;

constexpr int kPagesAtOnce = 50;                   ///< Of a PDF's own text, in one job.
constexpr std::size_t kMostWordsOfFile = 500'000;  ///< In memory at once.
constexpr int kLastPages = 5;                      ///< Of a long scan: signers stand there.

/// Pages that want OCR, in the order in which they are read.
std::vector<int> ocrOrder(const std::vector<PageText>& pages, int most) {
  std::vector<int> wanted;
  for (const auto& page : pages) {
    if (!isReadable(page)) wanted.push_back(page.page);
  }
  if (static_cast<int>(wanted.size()) > most) {
    const int first = std::max(1, most - kLastPages);
    const auto last = static_cast<int>(wanted.size()) - (most - first);
    wanted.erase(wanted.begin() + first, wanted.begin() + last);
  }
  if (wanted.size() > 2) std::rotate(wanted.begin() + 1, wanted.end() - 1, wanted.end());
  return wanted;
}

std::string capped(std::string text, std::size_t most, bool& cut) {
  if (text.size() <= most) return text;
  cut = true;
  while (most > 0 && (static_cast<unsigned char>(text[most]) & 0xC0) == 0x80) --most;
  text.resize(most);
  return text;
}

bool hasSecrecy(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.field == FoundField::Secrecy; });
}

TextSource sourceOf(const std::vector<PageText>& pages) {
  int found = 0;
  for (const auto& page : pages) {
    if (!page.words.empty()) found |= static_cast<int>(page.source);
  }
  return static_cast<TextSource>(found);
}

/// Comes again later, unless that was tried often enough.
bool mayPass(const base::Refusal& why) {
  return why.kind == base::RefusalKind::Unavailable || why.code == "pdf.too_slow" ||
         why.code == "ocr.too_slow" || why.code == "ocr.failed";
}

}  // namespace

struct ReadingWorker::State {
  base::db::Database& database;
  const base::BlobStore& blobs;
  const base::Clock& clock;
  FileReader& reader;
  const std::vector<TypeName> types;
  const ReadingOptions options;
  base::Metrics& metrics;
  base::Histogram& layerSeconds;
  base::Histogram& ocrSeconds;

  std::mutex mutex;
  std::condition_variable changed;
  bool stopping = false;
  bool woken = false;
  bool begun = false;
  std::atomic<bool> ocr{false};
  std::thread thread;

  /// One blob on its way.
  struct Job {
    Claim claim;
    std::filesystem::path path;
    std::vector<PageText> pages;  ///< From the first; OCR replaces what it read.
    int filePages = 0;
    bool cut = false;
    std::string errorCode;  ///< Of a page that was given up.
  };

  void store(const std::function<void(Session&)>& work) {
    database.transact([&](Session& session) { work(session); });
  }
  Instant leaseEnd() const { return clock.now() + options.lease; }

  Progress progressOf(const Job& job, std::size_t left) const {
    return {static_cast<int>(job.pages.size()), static_cast<int>(job.pages.size() - left),
            toJson(findFields(job.pages, types)).dump()};
  }

  void finish(const Job& job, reading_store::Result result) {
    result.errorCode = result.errorCode.empty() ? job.errorCode : result.errorCode;
    result.cut = result.cut || job.cut;
    store(
        [&](Session& session) { reading_store::finish(session, job.claim, result, clock.now()); });
    metrics
        .counter("intake_readings_total", "Files read, by how it ended",
                 {{"state", std::string(nameOf(result.state))}})
        .add();
    if (result.state != ReadingState::Failed) return;
    base::log::warning("intake.reading_failed", {{"sha256", job.claim.sha256},
                                                 {"code", result.errorCode},
                                                 {"attempts", job.claim.attempts}});
  }

  bool isLastAttempt(const Job& job) const { return job.claim.attempts >= options.attempts; }

  /// Later again, or given up.
  void failed(const Job& job, const base::Refusal& why) {
    if (!mayPass(why) || isLastAttempt(job)) {
      return finish(job, {.state = ReadingState::Failed, .errorCode = why.code});
    }
    const auto wait = options.firstRetry * (1 << std::min(job.claim.attempts - 1, 10));
    store([&](Session& session) {
      reading_store::putBack(session, job.claim, job.claim.turn, Attempt::Counts, why.code,
                             clock.now() + wait);
    });
  }

  base::Result<void> readLayer(Job& job) {
    const auto begin = std::chrono::steady_clock::now();
    std::size_t words = 0;
    do {
      const int first = static_cast<int>(job.pages.size()) + 1;
      const int count = std::min(kPagesAtOnce, options.mostPages - first + 1);
      auto read = reader.textLayer(job.path, first, count);
      if (!read) return tl::unexpected(std::move(read.error()));
      job.filePages = read->pages;
      if (read->texts.empty()) break;
      for (const auto& text : read->texts) words += text.words.size();
      std::move(read->texts.begin(), read->texts.end(), std::back_inserter(job.pages));
    } while (static_cast<int>(job.pages.size()) < std::min(job.filePages, options.mostPages) &&
             words < kMostWordsOfFile);
    job.cut = job.filePages > static_cast<int>(job.pages.size());
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    layerSeconds.observe(took.count());
    return {};
  }

  /// What OCR read takes the page's place, unless the file says more itself.
  static void takeOver(Job& job, PageText page) {
    auto& there = job.pages.at(static_cast<std::size_t>(page.page) - 1);
    if (page.words.size() >= there.words.size() || there.words.size() >= kFewWords) {
      there = std::move(page);
    }
  }

  enum class Step { GoOn, End };

  /// One page of a scan.
  Step readPage(Job& job, int page, std::size_t left) {
    const auto begin = std::chrono::steady_clock::now();
    auto read = reader.ocr(job.path, page);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    ocrSeconds.observe(took.count());
    if (!read) {
      if (!isLastAttempt(job)) {
        failed(job, read.error());
        return Step::End;
      }
      // Given up: the other pages are worth having.
      job.errorCode = read.error().code;
      job.cut = true;
      read = PageText{.page = page, .source = TextSource::Ocr, .width = 1, .height = 1};
    }
    const auto kept = *read;
    takeOver(job, std::move(*read));
    const auto progress = progressOf(job, left);
    if (hasSecrecy(findingsFromJson(progress.findings))) return refuseSecret(job);
    store([&](Session& session) {
      reading_store::keepPage(session, job.claim, kept);
      reading_store::keepProgress(session, job.claim, progress);
    });
    return Step::GoOn;
  }

  // of a secret nothing is kept but that it is one.
  Step refuseSecret(const Job& job) {
    const auto progress = progressOf(job, 0);
    finish(job, {.state = ReadingState::None, .progress = progress, .errorCode = "reading.secret"});
    return Step::End;
  }

  /// Others first, once the pages with the fields are read: what is left waits at a lower turn.
  Step letOthersPass(const Job& job, bool fieldsRead) {
    const auto turn = fieldsRead ? std::min(job.claim.turn, Turn::Usual) : job.claim.turn;
    bool ours = true;
    bool wait = false;
    store([&](Session& session) {
      ours = reading_store::renew(session, job.claim, leaseEnd());
      wait = ours && reading_store::moreUrgentWaits(session, turn, clock.now());
      if (wait) {
        reading_store::putBack(session, job.claim, turn, Attempt::Forgotten, {}, clock.now());
      }
    });
    return ours && !wait ? Step::GoOn : Step::End;
  }

  Step readScans(Job& job) {
    auto order = ocrOrder(job.pages, options.mostOcrPages);
    if (order.empty()) return Step::GoOn;
    if (!ocr) {
      job.errorCode = "ocr.missing";
      return Step::GoOn;
    }
    if (static_cast<int>(order.size()) >= options.mostOcrPages) job.cut = true;
    std::set<int> known;
    database.read([&](Session& session) {
      for (auto& page : reading_store::pagesSoFar(session, job.claim.sha256)) {
        if (page.page < 1 || page.page > static_cast<int>(job.pages.size())) continue;
        known.insert(page.page);
        takeOver(job, std::move(page));
      }
    });
    std::erase_if(order, [&](int page) { return known.contains(page); });
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (letOthersPass(job, known.size() + i >= 2) == Step::End) return Step::End;
      if (readPage(job, order[i], order.size() - i - 1) == Step::End) return Step::End;
    }
    return Step::GoOn;
  }

  void readAll(Job& job) {
    if (auto layer = readLayer(job); !layer) return failed(job, layer.error());
    if (readScans(job) == Step::End) return;
    reading_store::Result result{.source = sourceOf(job.pages), .progress = progressOf(job, 0)};
    if (hasSecrecy(findingsFromJson(result.progress.findings))) {
      refuseSecret(job);
      return;
    }
    if (result.source == TextSource::None && !job.errorCode.empty()) {
      result.state = job.errorCode == "ocr.missing" ? ReadingState::None : ReadingState::Failed;
      return finish(job, std::move(result));
    }
    for (const auto& page : job.pages) result.text += plainText(rowsOf(page)) + '\f';
    result.text = capped(std::move(result.text), options.mostText, job.cut);
    finish(job, std::move(result));
  }

  bool readOne() {
    const auto token = options.node + "/" + base::randomToken(12);
    const auto now = clock.now();
    auto claim = database.transact([&](Session& session) {
      return reading_store::claim(session, token, now, now + options.lease);
    });
    if (!claim) return false;
    Job job{.claim = *claim};
    // It ended with the whole process each time: no more.
    if (claim->attempts > options.attempts) {
      finish(job, {.state = ReadingState::Failed, .errorCode = "reading.gave_up"});
      return true;
    }
    try {
      if (!blobs.has(claim->sha256)) {
        finish(job, {.state = ReadingState::Failed, .errorCode = "reading.no_bytes"});
        return true;
      }
      job.path = blobs.path(claim->sha256);
      readAll(job);
    } catch (const WorkStopped&) {
      store([&](Session& session) {
        reading_store::putBack(session, job.claim, job.claim.turn, Attempt::Forgotten, {}, now);
      });
      return false;
    }
    return true;
  }

  /// What this process left when it ended; and whether scans can be read here.
  void begin() {
    if (begun) return;
    begun = true;
    ocr = reader.hasOcr();
    if (!ocr) base::log::warning("intake.ocr_missing");
    store([&](Session& session) {
      reading_store::releaseClaims(session, options.node);
      if (ocr) reading_store::readAgainWithOcr(session, clock.now());
    });
  }

  void run() {
    std::unique_lock lock(mutex);
    while (!stopping) {
      woken = false;
      lock.unlock();
      bool more = false;
      try {
        begin();
        more = readOne();
      } catch (const std::exception& error) {
        base::log::error("intake.worker_failed", {{"reason", error.what()}});
      }
      lock.lock();
      if (!more) changed.wait_for(lock, options.look, [this] { return stopping || woken; });
    }
  }
};

ReadingWorker::ReadingWorker(base::db::Database& database, const base::BlobStore& blobs,
                             const base::Clock& clock, base::Metrics& metrics, FileReader& reader,
                             std::vector<TypeName> types, ReadingOptions options)
    : state_(new State{
          .database = database,
          .blobs = blobs,
          .clock = clock,
          .reader = reader,
          .types = std::move(types),
          .options = std::move(options),
          .metrics = metrics,
          .layerSeconds = metrics.histogram("intake_text_seconds", "Reading a PDF's own text",
                                            {0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30}),
          .ocrSeconds = metrics.histogram("intake_ocr_seconds", "Reading one page of a scan",
                                          {0.5, 1, 2.5, 5, 10, 20, 40, 80, 160})}) {
  metrics.gauge(
      "intake_waiting", "Files that wait to be read, up to 100000", {}, [state = state_.get()] {
        return static_cast<double>(
            state->database.read([](Session& session) { return reading_store::waiting(session); }));
      });
}

ReadingWorker::~ReadingWorker() { stop(); }

void ReadingWorker::start() {
  const std::lock_guard lock(state_->mutex);
  if (state_->thread.joinable()) return;
  state_->thread = std::thread([state = state_.get()] { state->run(); });
}

void ReadingWorker::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
  }
  state_->changed.notify_all();
  if (!state_->thread.joinable()) return;
  state_->reader.stop();
  state_->thread.join();
}

void ReadingWorker::wake() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->woken = true;
  }
  state_->changed.notify_all();
}

bool ReadingWorker::hasOcr() const { return state_->ocr; }

bool ReadingWorker::tick() {
  state_->begin();
  return state_->readOne();
}

}  // namespace eoffice::intake
