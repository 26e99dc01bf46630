#include "page/page_server.h"

#include "page/page_files.h"
#include "page/page_guard.h"

#include <roots/kit/json.h>
#include <roots/kit/wipe.h>

#include <atomic>
#include <optional>

namespace roots::host {
namespace {

ServerReply plain(int status, std::string text) {
  ServerReply reply;
  reply.status = status;
  reply.content_type = "text/plain; charset=utf-8";
  reply.body = std::move(text);
  return reply;
}

std::string answerLine(const PageAnswer &answer) {
  kit::JsonWriter json;
  json.beginObject().integer("exit_code", answer.exit_code).text("notes", answer.notes);
  if (const auto document = kit::JsonDocument::parse(answer.out); document) {
    json.name("reply").copy(document->root());
  } else {
    json.text("text", answer.out);
  }
  json.endObject();
  return json.finish() + "\n";
}

std::string stepLine(const std::string &source, const std::string &part, bool has_ended,
                     const std::string &problem) {
  const char *state = !has_ended ? "began" : problem.empty() ? "done" : "failed";
  kit::JsonWriter json;
  json.beginObject().name("step").beginObject();
  json.text("source", source).text("part", part).text("state", state).text("problem", problem);
  json.endObject().endObject();
  return json.finish() + "\n";
}

std::string progressLine(int permille, std::string_view doing) {
  kit::JsonWriter json;
  json.beginObject().text("doing", doing).integer("permille", permille).endObject();
  return json.finish() + "\n";
}

// The command runs while its reply is being sent.
ServerReply runningReply(const RunPageCall &run, PageCall call) {
  ServerReply reply;
  reply.content_type = "application/x-ndjson";
  reply.stream = [&run, call = std::move(call)](const BodyWriter &write) mutable {
    const kit::WipedAtEnd wiped(call.secrets);
    PageWatcher watcher;
    watcher.on_step = [&](const std::string &source, const std::string &part, bool has_ended,
                          const std::string &problem) { write(stepLine(source, part, has_ended, problem)); };
    watcher.on_progress = [&](int permille, std::string_view doing) { write(progressLine(permille, doing)); };
    watcher.is_gone = [&] { return !write({}); };
    write(answerLine(run(call, watcher)));
  };
  return reply;
}

}  // namespace

struct PageServer::Content {
  RunPageCall run;
  std::string token = newToken();
  std::atomic<std::uint16_t> port{0};
  std::unique_ptr<HttpServer> server;  // last: it ends before what its threads use

  ServerReply reply(const ServerRequest &request) const {
    if (auto refused = PageGuard{port, token}.refusal(request)) return *std::move(refused);
    for (const auto &file : kPageFiles) {
      if (request.path != file.path) continue;
      ServerReply reply;
      reply.content_type = file.type;
      reply.body = file.content;
      return reply;
    }
    if (request.path != "/api/run") return plain(404, "There is no such page.");
    auto call = readPageCall(request.body);
    if (!call) return plain(400, "A call must have words, and secrets of one line each.");
    return runningReply(run, std::move(*call));
  }
};

PageServer::PageServer(std::unique_ptr<Content> content) : content_(std::move(content)) {}
PageServer::~PageServer() = default;

std::string PageServer::link() const {
  return "http://127.0.0.1:" + std::to_string(content_->port) + "/#" + content_->token;
}

Result<std::unique_ptr<PageServer>> PageServer::start(std::uint16_t port, RunPageCall run) {
  auto content = std::make_unique<Content>();
  content->run = std::move(run);
  ServerOptions options;
  options.port = port;
  auto server = HttpServer::start(options, [its = content.get()](const ServerRequest &request) {
    ServerReply reply = its->reply(request);
    addPageHeaders(reply);
    return reply;
  });
  if (!server) return std::move(server).error();
  content->server = std::move(*server);
  content->port = content->server->port();
  return std::unique_ptr<PageServer>(new PageServer(std::move(content)));
}

}  // namespace roots::host
