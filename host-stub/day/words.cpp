#include "day/words.h"

#include <array>
#include <utility>

namespace roots::host {
namespace {

template <class Value, std::size_t size>
using Words = std::array<std::pair<Value, std::string_view>, size>;

constexpr Words<Kind, 5> kKinds = {{{Kind::vacation, "vacation"},
                                    {Kind::sick, "sick"},
                                    {Kind::public_holiday, "public_holiday"},
                                    {Kind::personal, "personal"},
                                    {Kind::other, "other"}}};
constexpr Words<Extent, 5> kExtents = {{{Extent::whole_day, "whole_day"},
                                        {Extent::first_half, "first_half"},
                                        {Extent::second_half, "second_half"},
                                        {Extent::half_day, "half_day"},
                                        {Extent::minutes, "minutes"}}};
constexpr Words<Effect, 3> kEffects = {{{Effect::time_off, "time_off"},
                                        {Effect::work_elsewhere, "work_elsewhere"},
                                        {Effect::compensation, "compensation"}}};
constexpr Words<Unit, 2> kUnits = {{{Unit::days, "days"}, {Unit::hours, "hours"}}};

template <class Value, std::size_t size>
std::string_view find(const Words<Value, size> &words, Value wanted) {
  for (const auto &[value, word] : words)
    if (value == wanted) return word;
  return "";
}

template <class Value, std::size_t size>
std::optional<Value> findWord(const Words<Value, size> &words, std::string_view wanted) {
  for (const auto &[value, word] : words)
    if (word == wanted) return value;
  return std::nullopt;
}

}  // namespace

std::string_view wordOf(Kind kind) { return find(kKinds, kind); }
std::string_view wordOf(Extent extent) { return find(kExtents, extent); }
std::string_view wordOf(Effect effect) { return find(kEffects, effect); }
std::string_view wordOf(Unit unit) { return find(kUnits, unit); }

std::optional<Kind> readKind(std::string_view word) { return findWord(kKinds, word); }
std::optional<Extent> readExtent(std::string_view word) { return findWord(kExtents, word); }
std::optional<Effect> readEffect(std::string_view word) { return findWord(kEffects, word); }
std::optional<Unit> readUnit(std::string_view word) { return findWord(kUnits, word); }

}  // namespace roots::host
