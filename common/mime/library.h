// GMime and GLib behind this folder's functions.
#pragma once

namespace mime {

// Makes GMime ready, once for the whole program, and keeps GLib from printing: what is wrong is told by Results. Called by
// every function of this folder that needs it.
void start_library();

}  // namespace mime
