#include "mime/library.h"

#include <gmime/gmime.h>

namespace mime {

void start_library() {
  static const bool kStarted = [] {
    g_log_set_default_handler([](const char*, GLogLevelFlags, const char*, void*) {}, nullptr);
    g_mime_init();
    return true;
  }();
  (void)kStarted;
}

}  // namespace mime
