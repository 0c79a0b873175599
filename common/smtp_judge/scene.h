// What all who look for mistakes have before them.
#pragma once

#include "findings/scene.h"
#include "smtp_judge/reading.h"

namespace smtp_judge {

using Scene = findings::Scene<Reading>;
using findings::Number;

}  // namespace smtp_judge
