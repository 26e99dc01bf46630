// A day, and the other data of a view, as JSON. host-stub/README.md documents the shape.
#pragma once

#include "day/totals.h"
#include "view/views.h"

namespace roots::host {

void writeDay(kit::JsonWriter &writer, const DayOverview &day);

// The member "totals" of the open object.
void writeTotals(kit::JsonWriter &writer, const Totals &totals);

// The members "today", "stale_since", "as_of", "sources" and "notices" of the open object.
void writeState(kit::JsonWriter &writer, const ViewContext &context);

}  // namespace roots::host
