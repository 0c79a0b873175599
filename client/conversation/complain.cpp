#include "client/conversation/complain.h"

namespace client {

void complain(const core::Error& error, core::Language language, std::ostream& out) {
  out << "smtplab: " << core::describe(error, language) << '\n';
}

}  // namespace client
