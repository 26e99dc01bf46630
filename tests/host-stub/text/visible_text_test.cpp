// Sanitizing of external text: the output has no invisible characters and none that affect the text around
// it.
#include "text/visible_text.h"
#include "support/catch.h"
#include "support/unseen_text.h"
#include "text/output.h"

#include <sstream>

using namespace roots::host;
using roots::test::kUnseen;
using roots::test::unseenIn;

TEST_CASE("a line for a terminal stays one line, and invisible characters become visible", "[text]") {
  CHECK(lineForTerminal("Ada\x1b[31mLove\nlace\t\x7f") == "Ada␛[31mLove␊lace␉␡");
  CHECK(lineForTerminal("a\xc2\x9b"
                        "2Jb\xe2\x80\xae"
                        "c") ==
        "a\xef\xbf\xbd"
        "2Jb\xef\xbf\xbd"
        "c");
  CHECK(lineForTerminal("Müller · ½ – שלום 日本語") == "Müller · ½ – שלום 日本語");
  CHECK(unseenIn(lineForTerminal(kUnseen)).empty());
}

TEST_CASE("invalid UTF-8 bytes become visible", "[text]") {
  for (const std::string broken :
       {"\xff", "\xfe", "\x80", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"}) {
    INFO(broken.size());
    CHECK(unseenIn(lineForTerminal("a" + broken + "b")).empty());
    CHECK(lineForTerminal("a" + broken + "b").front() == 'a');
    CHECK(lineForTerminal("a" + broken + "b").back() == 'b');
  }
}

TEST_CASE("joiners stay where they shape letters or emoji, and nowhere else", "[text]") {
  const std::string developer = "👩\xe2\x80\x8d💻";
  CHECK(lineForTerminal(developer) == developer);
  CHECK(lineForTerminal("pass\xe2\x80\x8dword") == "pass\xef\xbf\xbdword");
}

TEST_CASE("external text cannot hide the text after it", "[text]") {
  for (const std::string code : {"8", "30;40", "5", "", "31", "37"}) {
    const std::string forged = "1.0\xff" + code + "\xfe";
    CHECK(lineForTerminal(forged + "evil").find('\x1b') == std::string::npos);
  }
}

TEST_CASE("a joiner at the fold of an iCalendar line stays", "[text]") {
  const std::string developer = "👩\xe2\x80\x8d💻";
  CHECK(valueForICalendar(developer) == developer);
  const std::string folded = "SUMMARY:👩\xe2\x80\x8d\r\n 💻\r\n";
  CHECK(linesForICalendar(folded) == folded);
}

TEST_CASE("only what inColour() marked becomes an escape sequence", "[text]") {
  CHECK(lineForTerminal("a " + inColour("b\x1b[0m", "97;41")) == "a \x1b[97;41mb␛[0m\x1b[0m");
  CHECK(columnsOf(inColour("½ day", "31")) == 5);
  CHECK(unseenIn(lineForTerminal("\xff"
                                 "31;evil\xfe"
                                 "x"))
            .empty());
}

TEST_CASE("a JSON document has the same content and no invisible characters", "[text]") {
  CHECK(jsonForTerminal("{\"a\":\"\xc2\x9b\xe2\x80\xae\x7f\xf3\xa0\x81\x81ü\"}\n") ==
        "{\"a\":\"\\u009b\\u202e\\u007f\\udb40\\udc41ü\"}\n");
}

TEST_CASE("an iCalendar value is escaped, keeps its line breaks, and has no other invisible characters",
          "[text]") {
  CHECK(valueForICalendar("a,b;c\\d\r\ne") == "a\\,b\\;c\\\\d\\ne");
  CHECK(unseenIn(valueForICalendar(kUnseen)).empty());
  CHECK(valueForICalendar("x\nBEGIN:VEVENT").find('\n') == std::string::npos);
  CHECK(linesForICalendar("UID:1\r\nSUMMARY:\x1b\r\n") == "UID:1\r\nSUMMARY:␛\r\n");
}

TEST_CASE("the content of a line cannot forge another line", "[text]") {
  std::ostringstream stream;
  const Output out(stream);
  out.lines(TextLines().add("Note: ", {"first\nNote: forged"}).addOwn("one\ntwo\n"));
  CHECK(stream.str() == "Note: first␊Note: forged\none\ntwo\n");
}
