// The picker as it is drawn, with a small list of our own.
#include <optional>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "client/picker.h"
#include "client/screen/canvas.h"
#include "tests/screen/golden.h"

namespace {

using core::Language;

std::vector<scenario::Head> heads() {
  const core::Text netease{"NetEase 163", "网易 163"};
  const core::Text qq{"Tencent QQ", "腾讯 QQ"};
  return {
      {"netease/auth-required",
       "netease",
       netease,
       {"163: MAIL FROM before AUTH", "163：还没登录就发 MAIL FROM"},
       {"163 answers MAIL FROM with 553; log in and go on.", "163 用 553 回答 MAIL FROM；登录之后就能继续。"},
       "authentication",
       "553"},
      {"netease/first-mail",
       "netease",
       netease,
       {"163: the first mail", "163：第一封邮件"},
       {"All goes well.", "一切顺利。"},
       "basics",
       ""},
      {"qq/authorization-code",
       "qq",
       qq,
       {"QQ: 535 Login Fail, the authorization code", "QQ：535 Login Fail，授权码"},
       {"The password of the web page is not the one.", "网页密码不管用。"},
       "authentication",
       "535"},
      {"qq/bare-lf", "qq", qq, {"QQ: a bare line feed", "QQ：只有换行"}, {"553 again.", "又是 553。"}, "content", "553"},
  };
}

}  // namespace

TEST_CASE("picker: drawn by subject and by code, and its help") {
  const std::string names[] = {"subject", "code"};
  for (const Language language : {Language::kEnglish, Language::kChinese}) {
    const std::string code = language == Language::kChinese ? "zh" : "en";
    client::Picker picker(heads(), {"netease/first-mail"}, language);
    for (const std::string& name : names) {
      picker.press({screen::KeyName::kText, "g"});
      for (const screen::Size size : {screen::Size{60, 16}, screen::Size{80, 24}, screen::Size{140, 40}})
        test::check_golden("picker-" + name + "-" + code, size, screen::draw(picker.model(), size, language));
    }
    picker.press({screen::KeyName::kText, "?"});
    test::check_golden("picker-keys-" + code, {80, 24}, screen::draw(picker.model(), {80, 24}, language));
  }
}
