# Prints the possible mutations of C++ sources, one per line: file, line number, operator, and the mutated line,
# separated by tabs. It relies on the format of clang-format: comparisons have spaces around them, template brackets do
# not.
function emit(operator, text) {
  if (text != $0) print FILENAME "\t" FNR "\t" operator "\t" text
}

# replaceEach(OPERATOR, FROM, TO): one mutation for each occurrence.
function replaceEach(operator, from, to,    at, rest) {
  at = 1
  while ((rest = index(substr($0, at), from)) > 0) {
    at += rest - 1
    if (!insideText(at)) emit(operator, substr($0, 1, at - 1) to substr($0, at + length(from)))
    at += length(from)
  }
}

# Whether this position of the line is in a string literal.
function insideText(position,    before) {
  before = substr($0, 1, position - 1)
  gsub(/\\"/, "", before)
  return gsub(/"/, "", before) % 2 == 1
}

# The position of the parenthesis that closes the one at this position; 0: on another line.
function closing(position,    at, depth, character) {
  depth = 0
  for (at = position; at <= length($0); ++at) {
    character = substr($0, at, 1)
    if (insideText(at)) continue
    if (character == "(") ++depth
    if (character == ")" && --depth == 0) return at
  }
  return 0
}

function negateConditions(    at, close_at) {
  if (!match($0, /(^|[^a-zA-Z_])(if|while) \(/)) return
  at = RSTART + RLENGTH - 1
  if (substr($0, at) ~ /^\(const auto|^\(auto|;/ && substr($0, at) ~ /^\([^)]*;/) return
  close_at = closing(at)
  if (close_at > 0) emit("condition negated", substr($0, 1, at) "!(" substr($0, at + 1, close_at - at) ")" substr($0, close_at + 1))
}

function addOneToNumbers(    at, number) {
  at = 1
  while (match(substr($0, at), /(^|[^a-zA-Z0-9_.'"])[0-9]+([^a-zA-Z0-9_.'xX]|$)/)) {
    number = substr($0, at + RSTART - 1, RLENGTH)
    match(number, /[0-9]+/)
    at = at + index(substr($0, at), number) - 1 + RSTART - 1
    if (!insideText(at)) emit("constant", substr($0, 1, at - 1) (substr(number, RSTART, RLENGTH) + 1) substr($0, at + RLENGTH))
    at += RLENGTH
  }
}

/^ *(\/\/|#|\*|static_assert|case |using |namespace |template|enum )/ { next }
/^[A-Za-z].*\) (const )?(noexcept )?\{$/ && /^void / { emit("return early", $0 " return;") }
/\/\// { sub(/ *\/\/.*/, "") }
/^ *$/ { next }
{
  replaceEach("comparison", " == ", " != ")
  replaceEach("comparison", " != ", " == ")
  replaceEach("off by one", " < ", " <= ")
  replaceEach("off by one", " <= ", " < ")
  replaceEach("off by one", " > ", " >= ")
  replaceEach("off by one", " >= ", " > ")
  replaceEach("and, or", " && ", " || ")
  replaceEach("and, or", " || ", " && ")
  replaceEach("arithmetic", " + ", " - ")
  replaceEach("arithmetic", " - ", " + ")
  replaceEach("arithmetic", " += ", " -= ")
  replaceEach("arithmetic", " / ", " * ")
  replaceEach("constant", "true", "false")
  replaceEach("constant", "false", "true")
  negateConditions()
  addOneToNumbers()
}
/^ +[a-z][A-Za-z0-9_.:>-]*\(.*\);$/ && !/^ +(return|if|for|while|throw|delete|static_cast)/ {
  match($0, /^ +/)
  emit("call removed", substr($0, 1, RLENGTH) ";")
}
/^ +continue;$/ { emit("call removed", "") }
