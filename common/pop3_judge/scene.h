// What all who look for mistakes have before them.
#pragma once

#include "findings/scene.h"
#include "pop3_judge/reading.h"

namespace pop3_judge {

using Scene = findings::Scene<Reading>;
using findings::Number;

}  // namespace pop3_judge
