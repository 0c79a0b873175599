#include "mime/owned.h"

#include <gmime/gmime.h>

namespace mime {

void Unref::operator()(void* object) const { g_object_unref(object); }
void Unref::operator()(GDateTime* date) const { g_date_time_unref(date); }
void Unref::operator()(GTimeZone* zone) const { g_time_zone_unref(zone); }
void Unref::operator()(GMimeFormatOptions* options) const { g_mime_format_options_free(options); }

}  // namespace mime
