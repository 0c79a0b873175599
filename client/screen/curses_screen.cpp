#include "client/screen/curses_screen.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdlib>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <signal.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "client/screen/key_decoder.h"
#include "client/screen/terminal_guard.h"
#include "core/show.h"

#define NCURSES_NOMACROS
#define NCURSES_WIDECHAR 1
#define screen curses_screen_struct  // curses calls a struct of its own as our namespace is called
#include <curses.h>
#undef screen

namespace screen {
namespace {

constexpr int kEscapeDelay = 25;  // milliseconds until an Escape is a key and not the start of a sequence
constexpr std::size_t kMostStrokes = 4096;
constexpr int kPasteBegin = 0x4001;  // beyond the codes that curses gives away itself
constexpr int kPasteEnd = 0x4002;
constexpr std::string_view kPasteOn = "\033[?2004h";
constexpr std::string_view kPasteOff = "\033[?2004l";

// --- how roles look -----------------------------------------------------------------------------------------------------

struct Look {
  short colour;       // one of the eight names, or -1 for the terminal's own
  attr_t attributes;  // with colour
  attr_t without;     // without colour
};

Look look_of(Role role) {
  switch (role) {
    case Role::kPlain: return {-1, A_NORMAL, A_NORMAL};
    case Role::kDim: return {-1, A_DIM, A_DIM};
    case Role::kStrong: return {-1, A_BOLD, A_BOLD};
    case Role::kClient: return {COLOR_CYAN, A_NORMAL, A_NORMAL};
    case Role::kServer: return {COLOR_MAGENTA, A_NORMAL, A_BOLD};
    case Role::kPositive: return {COLOR_GREEN, A_NORMAL, A_NORMAL};
    case Role::kMore: return {COLOR_CYAN, A_BOLD, A_NORMAL};
    case Role::kTemporary: return {COLOR_YELLOW, A_NORMAL, A_BOLD};
    case Role::kPermanent: return {COLOR_RED, A_BOLD, A_BOLD | A_UNDERLINE};
    case Role::kWarning: return {COLOR_YELLOW, A_BOLD, A_UNDERLINE};
    case Role::kSelected: return {-1, A_BOLD, A_BOLD};
  }
  return {-1, A_NORMAL, A_NORMAL};
}

// Pair n + 1 has the n-th colour on the terminal's own background.
void make_pairs() {
  start_color();
  use_default_colors();
  for (short colour = 0; colour < 8; ++colour) init_pair(static_cast<short>(colour + 1), colour, -1);
}

cchar_t curses_cell(const Cell& cell, bool colour) {
  std::array<wchar_t, CCHARW_MAX + 1> text{};
  std::string_view octets = cell.text;
  for (std::size_t i = 0; i < CCHARW_MAX && !octets.empty(); ++i) {
    const std::size_t length = std::max<std::size_t>(1, core::utf8_sequence_length(octets));
    text[i] = static_cast<wchar_t>(core::utf8_decode(octets.substr(0, length)));
    octets.remove_prefix(length);
  }
  const Look look = look_of(cell.role);
  const attr_t attributes = (colour ? look.attributes : look.without) | (cell.reverse ? A_REVERSE : A_NORMAL);
  cchar_t out{};
  setcchar(&out, text.data(), attributes, static_cast<short>(colour ? look.colour + 1 : 0), nullptr);
  return out;
}

bool same_row(const Canvas& a, const Canvas& b, std::size_t row) {
  for (std::size_t column = 0; column < a.size().columns; ++column) {
    if (a.at(row, column) != b.at(row, column)) return false;
  }
  return true;
}

void draw_row(const Canvas& canvas, std::size_t row, bool colour) {
  wmove(stdscr, static_cast<int>(row), 0);
  wclrtoeol(stdscr);
  for (std::size_t column = 0; column < canvas.size().columns; ++column) {
    const Cell& cell = canvas.at(row, column);
    if (cell.text.empty() || cell == Cell{}) continue;  // the second half of a wide character; what is blank already
    const cchar_t out = curses_cell(cell, colour);
    mvadd_wch(static_cast<int>(row), static_cast<int>(column), &out);
  }
}

// --- what the keyboard sends --------------------------------------------------------------------------------------------

constexpr std::array kNamedKeys{
    std::pair{KEY_ENTER, KeyName::kEnter},   std::pair{KEY_BTAB, KeyName::kBackTab},
    std::pair{KEY_DC, KeyName::kDelete},     std::pair{KEY_BACKSPACE, KeyName::kBackspace},
    std::pair{KEY_UP, KeyName::kUp},         std::pair{KEY_DOWN, KeyName::kDown},
    std::pair{KEY_LEFT, KeyName::kLeft},     std::pair{KEY_RIGHT, KeyName::kRight},
    std::pair{KEY_PPAGE, KeyName::kPageUp},  std::pair{KEY_NPAGE, KeyName::kPageDown},
    std::pair{KEY_HOME, KeyName::kHome},     std::pair{KEY_END, KeyName::kEnd},
    std::pair{KEY_FIND, KeyName::kHome},     std::pair{KEY_SELECT, KeyName::kEnd},
    std::pair{KEY_A1, KeyName::kHome},       std::pair{KEY_A3, KeyName::kPageUp},
    std::pair{KEY_C1, KeyName::kEnd},        std::pair{KEY_C3, KeyName::kPageDown},
    std::pair{KEY_RESIZE, KeyName::kResize},
};

Stroke mouse_stroke() {
  MEVENT event{};
  if (getmouse(&event) != OK) return Stroke::of_kind(Stroke::Kind::kIgnored);
  if ((event.bstate & BUTTON4_PRESSED) != 0) return Stroke::of_name(KeyName::kWheelUp);
  if ((event.bstate & BUTTON5_PRESSED) != 0) return Stroke::of_name(KeyName::kWheelDown);
  return Stroke::of_kind(Stroke::Kind::kIgnored);
}

Stroke stroke_of(int code) {
  if (code >= 0 && code <= 0xFF) return Stroke::of_octet(static_cast<unsigned char>(code));
  if (code == KEY_MOUSE) return mouse_stroke();
  if (code == kPasteBegin) return Stroke::of_kind(Stroke::Kind::kPasteBegin);
  if (code == kPasteEnd) return Stroke::of_kind(Stroke::Kind::kPasteEnd);
  for (const auto& [known, name] : kNamedKeys) {
    if (code == known) return Stroke::of_name(name);
  }
  return Stroke::of_kind(Stroke::Kind::kIgnored);
}

// Everything that is waiting. Octets, not characters: curses' own wide reading loses a character that arrives in two parts.
std::vector<Stroke> waiting_strokes() {
  std::vector<Stroke> strokes;
  while (strokes.size() < kMostStrokes) {
    const int code = wgetch(stdscr);
    if (code == ERR) break;
    strokes.push_back(stroke_of(code));
  }
  return strokes;
}

// --- entering and leaving -----------------------------------------------------------------------------------------------

void send(std::string_view octets) {
  while (!octets.empty()) {
    const ssize_t count = ::write(STDOUT_FILENO, octets.data(), octets.size());
    if (count <= 0) return;
    octets.remove_prefix(static_cast<std::size_t>(count));
  }
}

// A string of the terminal's description without its "$<5>" delays; empty when it has none.
std::string capability(const char* name) {
  const char* const value = tigetstr(name);
  if (value == nullptr || reinterpret_cast<std::intptr_t>(value) == -1) return {};
  std::string out = value;
  for (std::size_t at = out.find("$<"); at != std::string::npos; at = out.find("$<", at)) {
    const std::size_t end = out.find('>', at);
    if (end == std::string::npos) break;
    out.erase(at, end - at + 1);
  }
  return out;
}

// What leaves screen mode when curses itself can no longer be asked.
std::string farewell() {
  const std::string mouse = capability("kmous").empty() ? "" : "\033[?1006l\033[?1000l";
  const std::string end = capability("rmcup");
  return std::string(kPasteOff) + mouse + capability("sgr0") + capability("op") + capability("rmkx") +
         (end.empty() ? "\r\n" : end) + capability("cnorm");
}

// Stops the process as Ctrl-Z does in a program that leaves the terminal alone, and comes back when it is continued.
void stop_process() {
  struct sigaction before {};
  struct sigaction action {};
  sigemptyset(&action.sa_mask);
  // The others of our group (a script that started us) first, then this thread, at once and not some time later.
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGTSTP, &action, &before);
  ::kill(0, SIGTSTP);
  action.sa_handler = SIG_DFL;
  ::sigaction(SIGTSTP, &action, nullptr);
  ::raise(SIGTSTP);
  ::sigaction(SIGTSTP, &before, nullptr);
}

core::Failure no_terminal(core::Text text) {
  return core::Failure(core::Error{core::Blame::kSystem,
                                   std::move(text),
                                   {},
                                   {"--auto takes the steps and prints plain lines", "--auto 会自动走完各步，逐行打印"},
                                   "no-screen"});
}

}  // namespace

struct CursesScreen::Impl {
  TerminalGuard guard{STDOUT_FILENO};
  SCREEN* terminal = nullptr;
  bool colour = false;
  bool suspended = false;
  KeyDecoder decoder;
  std::deque<Key> keys;
  std::optional<Canvas> shown;

  Impl() = default;
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl() {
    if (terminal == nullptr) return;
    if (!suspended) send(kPasteOff);
    endwin();
    delscreen(terminal);
  }

  void start(CursesOptions options);
  void draw_all_anew() {
    shown.reset();
    clearok(curscr, true);
  }
};

void CursesScreen::Impl::start(CursesOptions options) {
  set_escdelay(kEscapeDelay);
  raw();  // Ctrl-C and Ctrl-Z arrive as keys
  noecho();
  nonl();
  meta(stdscr, true);
  keypad(stdscr, true);
  nodelay(stdscr, true);
  leaveok(stdscr, false);
  define_key("\033[200~", kPasteBegin);
  define_key("\033[201~", kPasteEnd);
  colour = options.colour && has_colors();
  if (colour) make_pairs();
  if (options.mouse) {
    mouseinterval(0);
    mousemask(BUTTON4_PRESSED | BUTTON5_PRESSED, nullptr);
  }
  curs_set(1);
  guard.set_farewell(farewell());
  send(kPasteOn);
}

CursesScreen::CursesScreen(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

CursesScreen::~CursesScreen() = default;

core::Result<std::unique_ptr<CursesScreen>> CursesScreen::open(CursesOptions options) {
  if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDOUT_FILENO) == 0)
    return no_terminal({"the screen needs a terminal", "界面需要终端"});
  const char* const name = std::getenv("TERM");
  if (name == nullptr || *name == '\0')
    return no_terminal({"TERM is not set, so it is unknown what the terminal can do", "没有设置 TERM，不知道终端能做什么"});
  auto impl = std::make_unique<Impl>();
  use_tioctl(true);  // the real size, not what LINES and COLUMNS say
  impl->terminal = newterm(nullptr, stdout, stdin);
  const std::string shown_name = core::show_bytes(name);
  if (impl->terminal == nullptr)
    return no_terminal(core::phrase("the terminal '{0}' (TERM) is unknown", "不认识终端 '{0}'（TERM）", {shown_name}));
  if (capability("cup").empty())
    return no_terminal(
        core::phrase("the terminal '{0}' (TERM) cannot move its cursor", "终端 '{0}'（TERM）不能移动光标", {shown_name}));
  impl->start(options);
  return std::unique_ptr<CursesScreen>(new CursesScreen(std::move(impl)));
}

Size CursesScreen::size() const {
  return Size{static_cast<std::size_t>(std::max(1, getmaxx(stdscr))), static_cast<std::size_t>(std::max(1, getmaxy(stdscr)))};
}

void CursesScreen::show(const Canvas& canvas) {
  if (impl_->suspended) return;
  if (impl_->shown && impl_->shown->size() != canvas.size()) impl_->shown.reset();
  if (!impl_->shown) werase(stdscr);
  const std::size_t rows = std::min(canvas.size().rows, size().rows);
  for (std::size_t row = 0; row < rows; ++row) {
    if (!impl_->shown || !same_row(*impl_->shown, canvas, row)) draw_row(canvas, row, impl_->colour);
  }
  impl_->shown = canvas;
  wmove(stdscr, static_cast<int>(canvas.cursor_row()), static_cast<int>(canvas.cursor_column()));
  wrefresh(stdscr);
}

std::optional<Key> CursesScreen::next_key() {
  if (impl_->suspended) return std::nullopt;
  if (impl_->keys.empty()) {
    std::vector<Key> keys = impl_->decoder.decode(waiting_strokes());
    impl_->keys.insert(impl_->keys.end(), keys.begin(), keys.end());
  }
  if (impl_->keys.empty()) return std::nullopt;
  Key key = std::move(impl_->keys.front());
  impl_->keys.pop_front();
  if (key == Key{KeyName::kControl, "z"}) {
    suspend();
    stop_process();
    resume();
    return Key{KeyName::kResize, ""};
  }
  if (key == Key{KeyName::kControl, "l"} || key.name == KeyName::kResize) impl_->draw_all_anew();
  return key;
}

void CursesScreen::resized() {
  winsize real{};
  if (impl_->suspended || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &real) != 0 || real.ws_row == 0 || real.ws_col == 0) return;
  if (is_term_resized(real.ws_row, real.ws_col)) resizeterm(real.ws_row, real.ws_col);
  impl_->draw_all_anew();
}

void CursesScreen::suspend() {
  if (impl_->suspended) return;
  impl_->suspended = true;
  send(kPasteOff);
  endwin();
  impl_->guard.restore_settings();
}

void CursesScreen::resume() {
  if (!impl_->suspended) return;
  impl_->suspended = false;
  wrefresh(stdscr);
  send(kPasteOn);
  resized();
}

}  // namespace screen
