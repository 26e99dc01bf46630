// How a command line is parsed, for a small example program.
#include "command_line/parser.h"

#include "command_line/help.h"
#include "command_line/suggestion.h"
#include "support/catch.h"

#include <algorithm>
#include <random>
#include <sstream>

using namespace roots;
using namespace roots::host;

namespace {

using Words = std::vector<std::string>;

ProgramSyntax program() {
  ProgramSyntax program;
  program.self.name = "tool";
  program.self.options = {{"--home", "DIR", "a folder"}, {"--json", "", "JSON"}};
  for (auto &option : commonOptions()) program.self.options.push_back(std::move(option));
  program.commands = {
      {"show", {}, {{"--year", "YYYY", "a year"}, {"--all", "", "all"}}, "shows"},
      {"note",
       {{"TEXT", "a text", {}, true}},
       {{"--tag", "TAG", "a tag"}, {"--quiet", "", "says nothing"}},
       "keeps a note"},
      {"box open",
       {{"ID", "a box"}},
       {{"--tag", "TAG", "a tag"}, {"--force", "", "by force"}},
       "opens a box"},
      {"box list", {}, {}, "lists boxes"},
  };
  return program;
}

CommandLine parsed(const Words &words) {
  const auto line = parseArguments(program(), words);
  std::string all;
  for (const auto &word : words) all += word + " | ";
  INFO(all);
  if (!line) FAIL_CHECK(line.error().message);
  return line ? *line : CommandLine{};
}

std::string refusal(const Words &words) {
  const auto line = parseArguments(program(), words);
  return line ? "" : line.error().message;
}

// The words that a command receives: its name, options with their values, and arguments.
Words receivedWords(const CommandLine &line) {
  Words received = line.positionals;
  std::istringstream name(line.name);
  for (std::string word; name >> word;) received.push_back(word);
  for (const auto &[option, values] : line.options) {
    for (const auto &value : values) {
      received.push_back(option);
      if (!value.empty()) received.push_back(value);
    }
  }
  return received;
}

bool takeWord(Words &words, const std::string &word) {
  const auto found = std::find(words.begin(), words.end(), word);
  if (found == words.end()) return false;
  words.erase(found);
  return true;
}

// The words that no part of the line received, except one "--".
Words droppedWords(const Words &words, const CommandLine &line) {
  Words received = receivedWords(line);
  Words dropped;
  bool only_words = false;
  for (const auto &word : words) {
    const std::size_t equals = word.find('=');
    const bool is_joined = word.starts_with("--") && equals != std::string::npos;
    if (takeWord(received, word)) continue;
    if (is_joined && takeWord(received, word.substr(0, equals)) &&
        takeWord(received, word.substr(equals + 1)))
      continue;
    if (word == "--" && !only_words)
      only_words = true;
    else
      dropped.push_back(word);
  }
  return dropped;
}

}  // namespace

TEST_CASE("an option and its value are one argument or two", "[command-line]") {
  for (const Words &words :
       {Words{"show", "--year", "2026"}, {"show", "--year=2026"}, {"--year=2026", "show"}}) {
    const auto line = parsed(words);
    CHECK(line.name == "show");
    CHECK(line.value("--year") == "2026");
  }
  CHECK(parsed({"show", "--year=a=b"}).value("--year") == "a=b");
  CHECK(refusal({"show", "--year="}) == "--year needs a value: --year YYYY.");
  CHECK(refusal({"show", "--year", ""}) == "--year needs a value: --year YYYY.");
  CHECK(refusal({"show", "--year"}) == "--year needs a value: --year YYYY.");
  CHECK(refusal({"--home=", "show"}) == "--home needs a value: --home DIR.");
  CHECK(refusal({"show", "--home"}) == "--home needs a value: --home DIR.");
  for (const char *flag : {"--all=", "--all=x", "--all=true", "--all=false", "--all={}", "--all=0"})
    CHECK(refusal({"show", flag}) == "--all takes no value.");
}

TEST_CASE("options of the program can have any position, those of a command before or after it",
          "[command-line]") {
  for (const Words &words : {Words{"--home", "x", "--json", "box", "open", "7"},
                             {"box", "--home", "x", "open", "--json", "7"},
                             {"box", "open", "--json", "7", "--home=x"},
                             {"--json", "box", "--home=x", "open", "7"}}) {
    const auto line = parsed(words);
    CHECK(line.name == "box open");
    CHECK(line.positionals == Words{"7"});
    CHECK(line.value("--home") == "x");
    CHECK(line.has("--json"));
  }
  const auto before = parsed({"--force", "--home", "x", "--tag=t", "box", "--json", "open", "7"});
  CHECK(before.name == "box open");
  CHECK(before.has("--force"));
  CHECK(before.value("--tag") == "t");
  CHECK(before.value("--home") == "x");
  CHECK(parsed({"box", "open", "--force", "7", "--tag", "t"}).positionals == Words{"7"});
  CHECK(refusal({"--tag", "t", "box", "open", "7"}).starts_with("tool has no option --tag"));
  CHECK(refusal({"box", "--force", "open", "7"}).starts_with("box has no option --force"));
}

TEST_CASE("a repeated option keeps all its values in order, and the last one applies", "[command-line]") {
  const auto line = parsed({"note", "x", "--tag", "a", "--tag=b", "--quiet", "--quiet", "--tag", "c"});
  CHECK(line.options.at("--tag") == Words{"a", "b", "c"});
  CHECK(line.value("--tag") == "c");
  CHECK(line.has("--quiet"));
  CHECK(parsed({"--home", "a", "show", "--home", "b"}).value("--home") == "b");
}

TEST_CASE("a value is used as typed, whatever it looks like", "[command-line]") {
  for (const char *value :
       {"-x",   "-5",    "-",  "--", "--json", "--home=x", "--year=",  "-h", "--help", "show",    "box",
        "++",   "[a,b]", "[]", "{}", "%%",     "[[aabb]]", "box.open", "/w", "\x01",   "\x02-x",  "\x01=",
        "a\nb", " ",     "=",  "==", "a b",    "\"q\"",    "'",        "ä",  "\xff",   "B\"(x)\""}) {
    INFO(value);
    CHECK(parsed({"note", "--tag", value, "x"}).value("--tag") == value);
    CHECK(parsed({"note", std::string("--tag=") + value, "x"}).value("--tag") == value);
    CHECK(parsed({"--home", value, "note", "x"}).value("--home") == value);
    CHECK(parsed({"note", "--", value}).positionals == Words{value});
    CHECK(parsed({"note", "--", value}).options.empty());
  }
}

TEST_CASE("an argument is used as typed, unless it is an option", "[command-line]") {
  for (const char *word : {"-x", "-5", "-0:30 8", "-", "show", "box", "note", "open", "++", "[a,b]", "{}",
                           "box.open", "", "\x01", "\x02", "-hx", "-h=1"}) {
    INFO(word);
    const auto line = parsed({"note", word});
    CHECK(line.name == "note");
    CHECK(line.positionals == Words{word});
    CHECK(line.options.empty());
  }
  CHECK(parsed({"box", "open", "box"}).positionals == Words{"box"});
  CHECK(parsed({"box", "open", "list"}).positionals == Words{"list"});
  // If no argument can start with a dash, such a word is an error.
  CHECK(refusal({"box", "open", "-x"}).starts_with("box open has no option -x"));
  CHECK(parsed({"box", "open", "--", "-x"}).positionals == Words{"-x"});
}

TEST_CASE("after --, there are no options", "[command-line]") {
  CHECK(parsed({"note", "--quiet", "--", "--tag"}).positionals == Words{"--tag"});
  CHECK(parsed({"note", "--tag", "--", "--", "--"}).value("--tag") == "--");
  CHECK(parsed({"--", "show"}).name == "show");
  CHECK(refusal({"show", "--", "--home", "x"}).starts_with("Too many arguments"));
  CHECK(refusal({"show", "--", "--json"}).starts_with("Too many arguments"));
  CHECK(refusal({"note", "x", "--", "--", "y"}).starts_with("Too many arguments"));
  CHECK(parsed({"show", "--"}).name == "show");
}

TEST_CASE("no word is mistaken for a built-in command of the library", "[command-line]") {
  CHECK(refusal({"box.open", "7"}).starts_with("There is no command \"box.open\""));
  CHECK(refusal({"box", "++", "show"}).starts_with("There is no command \"box ++\""));
  CHECK(refusal({"--box.tag=x", "show"}).starts_with("tool has no option --box.tag"));
  CHECK(refusal({"show", "show"}).starts_with("Too many arguments"));
  CHECK(refusal({"show", "note", "x"}).starts_with("Too many arguments"));
  CHECK(refusal({"x", "show"}).starts_with("There is no command \"x\""));
  CHECK(refusal({"box", "show"}).starts_with("There is no command \"box show\""));
  CHECK(refusal({"open", "7"}).starts_with("There is no command \"open\""));
}

TEST_CASE("a word between a group and its command is an error", "[command-line]") {
  for (const Words &words : {Words{"box", "help", "open", "7"}, {"box", "--json", "help", "open", "7"}})
    CHECK(refusal(words) == "There is no command \"box help\". There are: box open, box list.");
  CHECK(refusal({"box", "x", "list"}) == "There is no command \"box x\". There are: box open, box list.");
  CHECK(refusal({"help", "box", "x", "list"}).starts_with("There is no command \"box x\""));
  CHECK(refusal({"box", "opne", "open", "7"}).starts_with("There is no command \"box opne\"; did you mean"));
}

TEST_CASE("one dash is a word, and three dashes are an option", "[command-line]") {
  CHECK(parsed({"box", "open", "-"}).positionals == Words{"-"});
  CHECK(refusal({"show", "-"}).starts_with("Too many arguments"));
  CHECK(refusal({"show", "---"}) == "show has no option ---. tool show --help lists its options.");
  CHECK(refusal({"---"}).starts_with("tool has no option ---"));
}

TEST_CASE(
    "for any combination of words, nothing is thrown, no word is dropped, and one line states what is wrong",
    "[command-line]") {
  const Words vocabulary{"--home",     "--home=",     "--home=x",
                         "--json",     "--json=",     "--tag",
                         "--tag=--",   "--force",     "-h",
                         "--help",     "--version",   "help",
                         "--",         "-",           "---",
                         "--=",        "--=x",        "-=",
                         "show",       "note",        "box",
                         "open",       "list",        "x",
                         "",           "++",          "{}",
                         "[a,b]",      "[]",          "%%",
                         "box.open",   "--box.tag=x", "-x",
                         "-5",         "\x01",        "\x02",
                         "\x01--home", "\xff",        std::string("\0", 1),
                         "--\x01",     "--a b"};
  const Words frequent{"box", "open", "list", "note", "show", "help", "x", "--tag=--", "--home", "--"};
  std::mt19937 chance(20260715);  // NOLINT(*-msc51-cpp): the same words each time
  int understood = 0;
  for (int round = 0; round < 3000; ++round) {
    Words words;
    const Words &source = round % 2 == 0 ? vocabulary : frequent;
    const std::size_t length = 1 + chance() % 6;
    for (std::size_t count = 0; count < length; ++count) words.push_back(source.at(chance() % source.size()));
    const auto line = parseArguments(program(), words);
    understood += line ? 1 : 0;
    // --help and --version run nothing.
    if (line && !line->has("--help") && !line->has("--version")) CHECK(droppedWords(words, *line) == Words());
    if (!line) CHECK(line.error().status == Status::invalid_setting);
    if (!line) CHECK_FALSE(line.error().message.empty());
  }
  CHECK(understood > 0);
}

TEST_CASE("the options --help and --version are recognized at every position", "[command-line]") {
  for (const Words &words : {Words{"--help"}, {"-h"}, {"help"}, {"--json", "help"}, {}}) {
    const auto line = parsed(words);
    CHECK(line.name.empty());
    CHECK(line.has("--help") == !words.empty());
  }
  for (const Words &words : {Words{"box", "open", "--help"},
                             {"help", "box", "open"},
                             {"box", "-h", "open"},
                             {"-h", "box", "open"},
                             {"box", "open", "a", "b", "-h"}}) {
    const auto line = parsed(words);
    CHECK(line.name == "box open");
    CHECK(line.has("--help"));
  }
  CHECK(parsed({"help", "box"}).group == "box");
  CHECK(parsed({"box", "-h"}).group == "box");
  CHECK(parsed({"note", "help"}).positionals == Words{"help"});
  CHECK(refusal({"help", "help"}).starts_with("There is no command \"help\""));
  CHECK(parsed({"box", "open", "--version"}).has("--version"));
  CHECK(refusal({"box", "open", "--version", "--frob"}).starts_with("box open has no option --frob"));
}

TEST_CASE("errors suggest similar commands and options", "[command-line]") {
  CHECK(refusal({"shwo"}) == "There is no command \"shwo\"; did you mean \"show\"?");
  CHECK(refusal({"show", "--yera", "2026"}) == "show has no option --yera; did you mean --year?");
  CHECK(refusal({"show", "--yera=2026"}) == "show has no option --yera; did you mean --year?");
  CHECK(refusal({"note", "--tga", "a", "x"}) == "note has no option --tga; did you mean --tag?");
  CHECK(refusal({"show", "--JSON"}).starts_with("show has no option --JSON"));
  CHECK(editDistance("calender", "calendar") == 1);
  CHECK(editDistance("--yera", "--year") == 1);
  CHECK(editDistance("", "abc") == 3);
  CHECK(closestTo("x", {"y"}).empty());
  CHECK(refusal({"show", "--fees"}) == "show has no option --fees. tool show --help lists its options.");
  CHECK(closestTo(std::string(100000, 'x'), {"show"}).empty());
}

TEST_CASE("an error does not repeat a value that an option does not take", "[command-line]") {
  CHECK(refusal({"show", "--pasword=hunter2"}).find("hunter2") == std::string::npos);
  CHECK(refusal({"show", "hunter2"}).find("hunter2") == std::string::npos);
  CHECK(refusal({"show", "--all=hunter2"}).find("hunter2") == std::string::npos);
}

TEST_CASE("a usage that is too long for one line continues on the next", "[command-line]") {
  auto wide = program();
  for (int count = 0; count < 12; ++count)
    wide.commands.front().options.push_back({"--option-" + std::to_string(count), "VALUE", "an option"});
  const std::string help = helpText(wide, wide.commands.front());
  CHECK(help.find("Usage: tool show [--year YYYY]") == 0);
  CHECK(help.find("\n       [--option-") != std::string::npos);
}
