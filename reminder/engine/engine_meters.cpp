#include "reminder/engine/engine_meters.h"

namespace reminder {
namespace {

constexpr std::pair<RecipientRole, const char*> kRoles[] = {
    {RecipientRole::Holder, "holder"},
    {RecipientRole::HeadOfUnit, "head_of_unit"},
    {RecipientRole::HeadOfOffice, "head_of_office"},
    {RecipientRole::Assigner, "assigner"},
    {RecipientRole::Supports, "supports"}};

constexpr std::pair<Silence, const char*> kReasons[] = {
    {Silence::TaskClosed, "task_closed"}, {Silence::AwaitingConfirmation, "awaiting_confirmation"},
    {Silence::NoDeadline, "no_deadline"}, {Silence::QuietHours, "quiet_hours"},
    {Silence::Superseded, "superseded"},  {Silence::NobodyThere, "nobody_there"},
    {Silence::SameReader, "same_reader"}, {Silence::NoMailAddress, "no_mail_address"},
    {Silence::DueMoved, "due_moved"}};

}  // namespace

EngineMeters::EngineMeters(base::Metrics& metrics)
    : timers_(metrics.counter("reminder_timers_total", "Timers that were decided on.")) {
  for (const auto& [role, name] : kRoles) {
    fires_[role] = &metrics.counter("reminder_fires_total", "Reminders that went out, by role.",
                                    {{"role", name}});
  }
  for (const auto& [reason, name] : kReasons) {
    silences_[reason] = &metrics.counter("reminder_silences_total",
                                         "Reminders that did not go out, by the rule that held "
                                         "them.",
                                         {{"reason", name}});
  }
  metrics.gauge("reminder_lag_seconds", "How late the earliest timer was at the last look.", {},
                [lag = lag_] { return lag->load(); });
  metrics.gauge("reminder_mails_waiting", "Mails that the server has not taken.", {},
                [waiting = waiting_] { return waiting->load(); });
}

void EngineMeters::count(const FiringRound::Outcome& outcome) {
  timers_.add(static_cast<double>(outcome.timers));
  for (const auto& [role, count] : outcome.fires) fires_.at(role)->add(static_cast<double>(count));
  for (const auto& [reason, count] : outcome.silences) {
    silences_.at(reason)->add(static_cast<double>(count));
  }
}

}  // namespace reminder
