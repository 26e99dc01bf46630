// Selects the data that is safe to attach to a problem report. view/diagnostics_view.h lists it.
#pragma once

#include "plugins/plugin_folder.h"
#include "state/fetched_data.h"
#include "state/settings.h"
#include "view/diagnostics_view.h"

namespace roots::host {

// The age of the data is that of these days.
[[nodiscard]] DiagnosticsView diagnosticsView(const HostSettings &settings, const FetchedData &context,
                                              const PluginFolder &folder, CivilDays days);

}  // namespace roots::host
