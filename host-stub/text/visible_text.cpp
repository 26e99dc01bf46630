#include "text/visible_text.h"

#include <roots/kit/hex.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace roots::host {
namespace {

constexpr char kMarkBegins = '\xFF';
constexpr char kMarkEnds = '\xFE';
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

struct Character {
  std::string_view bytes;
  char32_t code = 0;
  bool is_valid = true;
};

std::size_t lengthFrom(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  if (first >= 0xF0 && first < 0xF5) return 4;
  return 0;
}

// The first character of the text; for invalid UTF-8, one byte.
Character firstOf(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = lengthFrom(first);
  const Character broken{text.substr(0, 1), 0, false};
  if (length == 0 || length > text.size()) return broken;
  constexpr std::array<unsigned, 5> masks{0, 0x7F, 0x1F, 0x0F, 0x07};
  constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};
  char32_t code = first & masks[length];
  for (std::size_t index = 1; index < length; ++index) {
    if (!continuesCharacter(text[index])) return broken;
    code = (code << 6u) | (static_cast<unsigned char>(text[index]) & 0x3Fu);
  }
  const bool is_surrogate = code >= 0xD800 && code <= 0xDFFF;
  if (code < smallest[length] || code > 0x10FFFF || is_surrogate) return broken;
  return {text.substr(0, length), code, true};
}

bool isControl(char32_t code) { return code < 0x20 || (code >= 0x7F && code < 0xA0); }

// Invisible characters, and characters that change the direction of the text.
bool isUnseen(char32_t code) {
  constexpr std::array<std::pair<char32_t, char32_t>, 12> ranges{{
      {0x00AD, 0x00AD},    // soft hyphen
      {0x061C, 0x061C},    // Arabic letter mark
      {0x180E, 0x180E},    // Mongolian vowel separator
      {0x200B, 0x200B},    // zero width space
      {0x200E, 0x200F},    // left-to-right and right-to-left mark
      {0x2028, 0x202E},    // line and paragraph separator, embeddings and overrides
      {0x2060, 0x206F},    // word joiner, isolates, deprecated formats
      {0xFEFF, 0xFEFF},    // zero width no-break space
      {0xFFF9, 0xFFFB},    // interlinear annotations
      {0x1D173, 0x1D17A},  // musical formats
      {0x1BCA0, 0x1BCA3},  // shorthand formats
      {0xE0000, 0xE007F},  // tags
  }};
  for (const auto &[first, last] : ranges)
    if (code >= first && code <= last) return true;
  return false;
}

bool joins(char32_t code) { return code == 0x200C || code == 0x200D; }

// The characters of a text, each with whether it must be replaced. Joiners, which shape letters of some
// scripts and combine emoji, are kept; beside ASCII they have no visible effect and are replaced.
template <class Take>
void forEachCharacter(std::string_view text, const Take &take) {
  bool after_other_script = false;
  while (!text.empty()) {
    const Character character = firstOf(text);
    text.remove_prefix(character.bytes.size());
    bool is_harmful = !character.is_valid || isControl(character.code) || isUnseen(character.code);
    if (character.is_valid && joins(character.code)) {
      const bool before_other_script = !text.empty() && static_cast<unsigned char>(text.front()) >= 0x80;
      is_harmful = !after_other_script || !before_other_script;
    }
    take(character, is_harmful);
    after_other_script = character.is_valid && character.code >= 0x80 && !is_harmful;
  }
}

// ESC as "␛", LF as "␊", DEL as "␡"; those without a symbol as "�".
std::string visible(const Character &character) {
  if (!character.is_valid || (character.code >= 0x20 && character.code != 0x7F))
    return std::string(kReplacement);
  const unsigned picture = character.code == 0x7F ? 0x21u : static_cast<unsigned>(character.code);
  return {'\xE2', '\x90', static_cast<char>(0x80u + picture)};
}

std::string escapedUnit(unsigned unit) { return "\\u" + kit::hexText(unit, 4); }

std::string escaped(char32_t code) {
  if (code < 0x10000) return escapedUnit(code);
  const char32_t rest = code - 0x10000;
  return escapedUnit(0xD800 + (rest >> 10u)) + escapedUnit(0xDC00 + (rest & 0x3FFu));
}

// Arguments and file names can contain any bytes, also these. So a mark carries a key that differs in each
// process.
const std::string &markKey() {
  static const std::string key = kit::randomHexText(16);
  return key;
}

// The code of the color mark at the beginning of the text.
std::optional<std::string_view> markedCode(std::string_view text) {
  if (text.empty() || text.front() != kMarkBegins) return std::nullopt;
  if (text.substr(1, markKey().size()) != markKey()) return std::nullopt;
  const std::string_view code = text.substr(1 + markKey().size());
  const std::size_t end = code.find(kMarkEnds);
  return end == std::string_view::npos ? std::nullopt : std::optional(code.substr(0, end));
}

std::size_t sizeOfMark(std::string_view code) { return 1 + markKey().size() + code.size() + 1; }

std::string visiblePiece(std::string_view text) {
  std::string result;
  forEachCharacter(text, [&](const Character &character, bool is_harmful) {
    result += is_harmful ? visible(character) : std::string(character.bytes);
  });
  return result;
}

}  // namespace

std::string lineForTerminal(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    if (const auto code = markedCode(text)) {
      result += "\x1b[" + (code->empty() ? "0" : std::string(*code)) + "m";
      text.remove_prefix(sizeOfMark(*code));
      continue;
    }
    const std::size_t end = std::min(text.find(kMarkBegins, 1), text.size());
    result += visiblePiece(text.substr(0, end));
    text.remove_prefix(end);
  }
  return result;
}

std::string jsonForTerminal(std::string_view document) {
  std::string result;
  result.reserve(document.size());
  // Characters below U+0020 are layout only: a JSON writer escapes them inside texts.
  forEachCharacter(document, [&](const Character &character, bool is_harmful) {
    if (!character.is_valid) {
      result += escaped(0xFFFD);
    } else if (is_harmful && character.code >= 0x20) {
      result += escaped(character.code);
    } else {
      result += character.bytes;
    }
  });
  return result;
}

std::string valueForICalendar(std::string_view text) {
  std::string result;
  forEachCharacter(text, [&](const Character &character, bool is_harmful) {
    if (!is_harmful) {
      const bool has_meaning = character.bytes == "\\" || character.bytes == ";" || character.bytes == ",";
      result += (has_meaning ? "\\" : "") + std::string(character.bytes);
      return;
    }
    const bool breaks_line = character.is_valid && (character.code == '\n' || character.code == 0x2028 ||
                                                    character.code == 0x2029 || character.code == 0x85);
    if (breaks_line) {
      result += "\\n";
    } else if (character.is_valid && character.code == '\t') {
      result += ' ';
    } else if (!character.is_valid || character.code != '\r') {
      result += visible(character);
    }
  });
  return result;
}

std::string linesForICalendar(std::string_view lines) {
  std::string result;
  result.reserve(lines.size());
  forEachCharacter(lines, [&](const Character &character, bool is_harmful) {
    const bool is_layout = character.bytes == "\r" || character.bytes == "\n" || character.bytes == "\t";
    // valueForICalendar() handles joiners, before lines are folded.
    const bool is_joiner = character.is_valid && joins(character.code);
    result += is_harmful && !is_layout && !is_joiner ? visible(character) : std::string(character.bytes);
  });
  return result;
}

std::string inColour(std::string_view text, std::string_view code) {
  const auto mark = [](std::string_view marked) {
    return kMarkBegins + markKey() + std::string(marked) + kMarkEnds;
  };
  return mark(code) + std::string(text) + mark("");
}

bool continuesCharacter(char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u; }

std::size_t columnsOf(std::string_view text) {
  std::size_t columns = 0;
  while (!text.empty()) {
    if (const auto code = markedCode(text)) {
      text.remove_prefix(sizeOfMark(*code));
      continue;
    }
    columns += continuesCharacter(text.front()) ? 0 : 1;
    text.remove_prefix(1);
  }
  return columns;
}

}  // namespace roots::host
