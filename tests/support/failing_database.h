// A database door that dies: every call of a session and every commit is a step, and the step that
// the test names throws, before its work or (for a commit) after it. What a killed process leaves
// behind is what is committed by then.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "base/db/database.h"

namespace tests {

/// The process is gone. No std::exception: nothing catches, retries or survives it.
struct Killed {};

class FailingDatabase : public base::db::Database {
 public:
  explicit FailingDatabase(base::db::Database& real) : real_(real) {}

  /// Dies at the `step`-th step from now, counted from 1; 0: lives on.
  void killAt(int step) {
    steps_ = 0;
    killAt_ = step;
  }
  [[nodiscard]] int steps() const { return steps_; }  ///< Since the last `killAt`.

  [[nodiscard]] PoolState pool() const override { return real_.pool(); }
  [[nodiscard]] bool answers() override { return real_.answers(); }
  void apart(const std::function<void(base::db::Session&)>& work) override { real_.apart(work); }

 protected:
  void runTransaction(const std::function<Outcome(base::db::Session&)>& work) override {
    real_.transact([&](base::db::Session& session) -> tl::expected<void, int> {
      Steps counted(*this, session);
      if (work(counted) == Outcome::Commit) return {};
      return tl::unexpected(0);
    });
    step();  // committed, and then killed before anybody was told
  }
  void runRead(const std::function<void(base::db::Session&)>& work) override {
    real_.read([&](base::db::Session& session) {
      Steps counted(*this, session);
      work(counted);
    });
  }

 private:
  class Steps : public base::db::Session {
   public:
    Steps(FailingDatabase& owner, base::db::Session& real) : owner_(owner), real_(real) {}
    [[nodiscard]] base::db::Rows query(std::string_view sql,
                                       const base::db::Params& params) override {
      owner_.step();
      return real_.query(sql, params);
    }
    void stream(std::string_view sql, const base::db::Params& params,
                const std::function<bool(const base::db::Row&)>& visit) override {
      owner_.step();
      real_.stream(sql, params, visit);
    }
    std::uint64_t execute(std::string_view sql, const base::db::Params& params) override {
      owner_.step();
      return real_.execute(sql, params);
    }
    std::int64_t insert(std::string_view sql, const base::db::Params& params) override {
      owner_.step();
      return real_.insert(sql, params);
    }
    std::uint64_t insertMany(std::string_view sql,
                             const std::vector<base::db::Params>& rows) override {
      owner_.step();
      return real_.insertMany(sql, rows);
    }
    void runPlain(std::string_view sql) override {
      owner_.step();
      real_.runPlain(sql);
    }

   private:
    FailingDatabase& owner_;
    base::db::Session& real_;
  };

  void step() {
    if (++steps_ == killAt_) throw Killed();
  }

  base::db::Database& real_;
  int steps_ = 0;
  int killAt_ = 0;
};

}  // namespace tests
