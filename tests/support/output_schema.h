// Validates the JSON output of the host's commands against host-stub/schema/. Can be called on several
// threads.
#pragma once

#include <roots/kit/json.h>

#include <string>
#include <vector>

namespace roots::test {

// The name of the schema for the output of a command that was typed, "moco-connect"; "": its output is text.
// words: without the name of the program.
[[nodiscard]] std::string outputSchema(const std::vector<std::string> &words, int exit_code);

// Why the document does not match the schema, with the place; "": it matches.
[[nodiscard]] std::string schemaProblem(const std::string &schema, const kit::JsonDocument &document);

// Why the output of a command does not match its schema; "": it does, or it is text.
[[nodiscard]] std::string outputProblem(const std::vector<std::string> &words, int exit_code,
                                        const std::string &out);

}  // namespace roots::test
