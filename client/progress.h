// Which scenarios were finished, kept between runs.
#pragma once

#include <set>
#include <string>

namespace client {

// The ids in $XDG_STATE_HOME/smtplab/done (~/.local/state without it), one a line; none when there is no such file.
std::set<std::string> read_progress();

// Adds an id. A folder that cannot be written is no error: progress is a convenience.
void add_progress(const std::string& id);

}  // namespace client
