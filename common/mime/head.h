// What the header of an entity says of it, as GMime reads it. Internal to mime/.
#pragma once

#include <string>

struct _GMimeObject;

namespace mime {

// A parameter of Content-Disposition, or of Content-Type; empty when it is not there.
[[nodiscard]] std::string parameter_of(_GMimeObject* head, bool of_disposition, const char* name);

// What its sender calls it: by RFC 2231; as encoded-words, which the RFC forbids and most do; or as it is. UTF-8.
[[nodiscard]] std::string name_of(_GMimeObject* head);

// "text/plain", lower case.
[[nodiscard]] std::string type_of(_GMimeObject* head);

}  // namespace mime
