#include "mime/transfer_decoder.h"

#include <gmime/gmime.h>

#include "mime/library.h"

namespace mime {

struct TransferDecoder::State {
  GMimeEncoding encoding;
};

TransferDecoder::TransferDecoder(std::string_view encoding) : state_(std::make_unique<State>()) {
  start_library();
  g_mime_encoding_init_decode(&state_->encoding, g_mime_content_encoding_from_string(std::string(encoding).c_str()));
}

TransferDecoder::~TransferDecoder() = default;

std::string TransferDecoder::decoded(std::string_view octets) {
  std::string out(g_mime_encoding_outlen(&state_->encoding, octets.size()), '\0');
  out.resize(g_mime_encoding_step(&state_->encoding, octets.data(), octets.size(), out.data()));
  return out;
}

}  // namespace mime
