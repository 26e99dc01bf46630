// A day, and what a view knows beside the days, as JSON. The shape is documented in the README.
#pragma once

#include "view/views.h"

namespace roots::host {

void writeDay(kit::JsonWriter &writer, const DayOverview &day);

// The members "stale_since" and "notices" of the open object.
void writeState(kit::JsonWriter &writer, const ViewContext &context);

}  // namespace roots::host
