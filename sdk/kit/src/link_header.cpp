// The algorithm of RFC 8288, appendix B.
#include <roots/kit/link_header.h>

#include "header_words.h"

#include <algorithm>
#include <optional>

namespace roots::kit {
namespace {

// Goes through the value of one header from front to back.
class LinkReader {
 public:
  explicit LinkReader(std::string_view text) : left_(text) {}

  void readInto(std::vector<Link> &links) {
    for (;;) {
      skip(" \t,");
      if (left_.empty()) return;
      if (std::optional<Link> link = take('<') ? readLink() : std::nullopt) links.push_back(*std::move(link));
      skipToComma();
    }
  }

 private:
  // Behind "<"; nullopt: it does not end, or is about another resource.
  std::optional<Link> readLink() {
    const std::size_t end = left_.find('>');
    if (end == std::string_view::npos) {
      left_ = {};
      return std::nullopt;
    }
    Link link;
    link.target = left_.substr(0, end);
    left_.remove_prefix(end + 1);
    bool has_rel = false;
    bool is_about_another = false;
    for (skip(kBlanks); take(';'); skip(kBlanks)) {
      skip(kBlanks);
      const std::string name = lowered(takeUntil("=;,"));
      std::string value;
      if (take('=')) value = readValue();
      if (name == "rel" && !has_rel) {  // only the first one counts
        has_rel = true;
        link.relations = wordsOf(lowered(value));
      }
      is_about_another = is_about_another || name == "anchor";
    }
    return is_about_another ? std::nullopt : std::optional(std::move(link));
  }

  std::string readValue() {
    skip(kBlanks);
    if (!take('"')) return takeUntil(";,");
    std::string value;
    while (!left_.empty() && !take('"')) {
      if (left_.front() == '\\' && left_.size() > 1) left_.remove_prefix(1);
      value += left_.front();
      left_.remove_prefix(1);
    }
    return value;
  }

  // What is left of a link that was not understood, quoted commas included.
  void skipToComma() {
    bool is_quoted = false;
    while (!left_.empty() && (is_quoted || left_.front() != ',')) {
      if (left_.front() == '"') is_quoted = !is_quoted;
      if (is_quoted && left_.front() == '\\' && left_.size() > 1) left_.remove_prefix(1);
      left_.remove_prefix(1);
    }
  }

  // Without the blanks behind it.
  std::string takeUntil(std::string_view signs) {
    const std::size_t end = std::min(left_.find_first_of(signs), left_.size());
    std::string_view taken = left_.substr(0, end);
    left_.remove_prefix(end);
    taken = taken.substr(0, taken.find_last_not_of(kBlanks) + 1);
    return std::string(taken);
  }

  bool take(char sign) {
    if (left_.empty() || left_.front() != sign) return false;
    left_.remove_prefix(1);
    return true;
  }

  void skip(std::string_view signs) {
    left_.remove_prefix(std::min(left_.find_first_not_of(signs), left_.size()));
  }

  static std::vector<std::string> wordsOf(std::string_view text) {
    std::vector<std::string> words;
    for (;;) {
      text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
      if (text.empty()) return words;
      const std::size_t end = std::min(text.find_first_of(kBlanks), text.size());
      words.emplace_back(text.substr(0, end));
      text.remove_prefix(end);
    }
  }

  std::string_view left_;
};

}  // namespace

bool Link::hasRelation(std::string_view relation) const {
  return std::find(relations.begin(), relations.end(), relation) != relations.end();
}

std::vector<Link> linksOf(const HttpReply &reply) {
  std::vector<Link> links;
  for (const auto &[name, value] : reply.headers)
    if (sameWord(name, "Link")) LinkReader(value).readInto(links);
  return links;
}

}  // namespace roots::kit
