#include "protocol/response_remarks.h"

namespace protocol {

void remark_response(std::string_view base64, sasl::ResponsePlace place, std::size_t offset, bool plain,
                     std::vector<Remark>& remarks) {
  for (const sasl::ResponseFlaw flaw : sasl::flaws_of_response(base64, place, plain))
    remarks.push_back({flaw, {offset, offset + base64.size()}});
}

}  // namespace protocol
