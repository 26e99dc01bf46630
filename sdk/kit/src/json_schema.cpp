// JSON schema (draft 04) over RapidJSON. Validation recurses with the document, which is safe because
// JsonDocument refuses deep nesting.
#include "json_content.h"

#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include <mutex>

namespace roots::kit {

struct JsonSchema::Content {
  Content(JsonDocument read, const rapidjson::Document &tree) : document(std::move(read)), schema(tree) {}
  JsonDocument document;  // the schema's names lie in its text
  rapidjson::SchemaDocument schema;
  std::mutex checking;  // RapidJSON's patterns hold the state of their search
};

JsonSchema::JsonSchema(std::unique_ptr<Content> content) : content_(std::move(content)) {}
JsonSchema::JsonSchema(JsonSchema &&) noexcept = default;
JsonSchema &JsonSchema::operator=(JsonSchema &&) noexcept = default;
JsonSchema::~JsonSchema() = default;

Result<JsonSchema> JsonSchema::parse(std::string_view schema) {
  auto document = JsonDocument::parse(schema);
  if (!document) return std::move(document).error();
  if (!document->root().isObject()) return jsonNotUnderstood("A JSON schema must be an object.");
  const rapidjson::Document &tree = document->content_->document;
  return JsonSchema(std::make_unique<Content>(*std::move(document), tree));
}

Result<void> JsonSchema::check(const JsonDocument &document) const {
  const std::lock_guard lock(content_->checking);
  rapidjson::SchemaValidator validator(content_->schema);
  if (document.content_->document.Accept(validator)) return {};
  rapidjson::StringBuffer place;
  validator.GetInvalidDocumentPointer().StringifyUriFragment(place);
  std::string where(place.GetString(), place.GetSize());
  where.erase(0, 1);  // the '#'
  return jsonNotUnderstood(std::string(validator.GetInvalidSchemaKeyword()) + " at " +
                           (where.empty() ? "/" : where));
}

}  // namespace roots::kit
