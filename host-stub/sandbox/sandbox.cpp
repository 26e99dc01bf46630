#include "sandbox/sandbox.h"

#include "sandbox/service.h"

#include <roots/kit/json.h>

#include <algorithm>
#include <mutex>
#include <sstream>

namespace roots::sandbox {
namespace {

// A number or a UUID.
bool isId(const std::string &part) {
  const bool uuid =
      part.size() == 36 && part.find_first_not_of("0123456789abcdefABCDEF-") == std::string::npos;
  return uuid || (!part.empty() && part.find_first_not_of("0123456789") == std::string::npos);
}

// "GET /v1/company/employees/4711/absences/balance" -> "GET /v1/company/employees/{id}/absences/balance"
std::string endpointOf(const ServerRequest &request) {
  std::string endpoint = request.method + " ";
  std::istringstream path(request.path);
  std::string part;
  std::getline(path, part, '/');
  while (std::getline(path, part, '/')) endpoint += "/" + (isId(part) ? "{id}" : part);
  return endpoint;
}

std::string queryText(const ServerRequest &request) {
  std::string text;
  for (const auto &[name, value] : request.query) text += (text.empty() ? "" : "&") + name + "=" + value;
  return text;
}

void apply(const Fault &fault, ServerReply &reply) {
  if (fault.status) reply.status = *fault.status;
  if (fault.body) reply.body = *fault.body;
  if (fault.content_type) reply.content_type = *fault.content_type;
  for (const auto &header : fault.headers) reply.headers.push_back(header);
  reply.delay = fault.delay;
  reply.delay_in_body = fault.delay_in_body;
  reply.cut_after = fault.cut_after;
  reply.reset = fault.reset;
  reply.raw = fault.raw;
}

}  // namespace

struct Sandbox::Content {
  std::mutex mutex;  // guards the scenario and the request log
  Scenario scenario;
  RequestLog log;
  std::string scheme;
  std::unique_ptr<host::HttpServer> personio;
  std::unique_ptr<host::HttpServer> moco;

  ServerReply serve(const std::string &server, const ServerRequest &request) {
    const std::lock_guard lock(mutex);
    const std::string endpoint = endpointOf(request);
    ServerReply reply = server == "personio" ? personioReply(scenario, log, endpoint, request)
                                             : mocoReply(scenario, log, endpoint, request);
    for (auto &fault : scenario.faults) {
      if (fault.server != server || (fault.endpoint != "*" && fault.endpoint != endpoint)) continue;
      const int number = ++fault.met;
      if (number < fault.from || (fault.times > 0 && number >= fault.from + fault.times)) continue;
      apply(fault, reply);
      break;
    }
    const bool answered = !reply.reset && !reply.raw;
    log.requests.push_back({server, endpoint, queryText(request), answered ? reply.status : 0});
    return reply;
  }
};

Result<std::unique_ptr<Sandbox>> Sandbox::start(Scenario scenario, const SandboxOptions &options) {
  if (auto checked = checkScenario(scenario); !checked) return std::move(checked).error();
  auto content = std::make_unique<Content>();
  content->scenario = std::move(scenario);
  content->scheme = options.certificate_file.empty() ? "http://" : "https://";
  content->log.scheme = content->scheme;
  const auto serve = [&](const std::string &name, std::uint16_t port) {
    host::ServerOptions server{port, options.certificate_file, options.private_key_file};
    return host::HttpServer::start(server, [inner = content.get(), name](const ServerRequest &request) {
      return inner->serve(name, request);
    });
  };
  auto personio = serve("personio", options.personio_port);
  if (!personio) return std::move(personio).error();
  auto moco = serve("moco", options.moco_port);
  if (!moco) return std::move(moco).error();
  content->personio = std::move(*personio);
  content->moco = std::move(*moco);
  return std::unique_ptr<Sandbox>(new Sandbox(std::move(content)));
}

Sandbox::Sandbox(std::unique_ptr<Content> content) : content_(std::move(content)) {}

Sandbox::~Sandbox() {
  // The servers first: their threads use the members below.
  content_->personio.reset();
  content_->moco.reset();
}

std::string Sandbox::personioUrl() const {
  return content_->scheme + "127.0.0.1:" + std::to_string(content_->personio->port());
}
std::string Sandbox::mocoUrl() const {
  return content_->scheme + "127.0.0.1:" + std::to_string(content_->moco->port());
}

int Sandbox::personioConnections() const { return content_->personio->connectionsSeen(); }

std::vector<SeenRequest> Sandbox::requests() const {
  const std::lock_guard lock(content_->mutex);
  return content_->log.requests;
}

std::vector<std::string> Sandbox::complaints() const {
  const std::lock_guard lock(content_->mutex);
  return content_->log.complaints;
}

void Sandbox::forgetRequests() {
  const std::lock_guard lock(content_->mutex);
  content_->log.requests.clear();
}

void Sandbox::change(const std::function<void(Scenario &)> &edit) {
  const std::lock_guard lock(content_->mutex);
  edit(content_->scenario);
}

void Sandbox::expireTokens() {
  const std::lock_guard lock(content_->mutex);
  for (auto &[token, of] : content_->log.tokens) of.expires = std::chrono::steady_clock::now();
}

std::string Sandbox::summaryJson() const {
  const std::lock_guard lock(content_->mutex);
  const DemoAccess access = accessOf(content_->scenario);
  kit::JsonWriter writer;
  writer.beginObject().text("personio_url", personioUrl()).text("moco_url", mocoUrl());
  writer.text("client_id", access.client_id)
      .text("client_secret", access.client_secret)
      .text("email", access.email);
  writer.text("moco_domain", access.moco_domain).text("moco_api_key", access.moco_api_key).endObject();
  return writer.finish();
}

std::string Sandbox::summaryText() const {
  const std::lock_guard lock(content_->mutex);
  const DemoAccess access = accessOf(content_->scenario);
  std::ostringstream text;
  text << "Two invented services run on this computer until you press Ctrl-C.\n\n"
       << "Personio  " << personioUrl() << "\n"
       << "  client_id " << access.client_id << "   client_secret " << access.client_secret << "\n"
       << "  email " << access.email << "\n"
       << "Moco      " << mocoUrl() << "\n"
       << "  domain " << access.moco_domain << "   api_key " << access.moco_api_key << "\n\n"
       << "In another terminal:\n"
       << "  roots-host-stub plugins enable roots.personio\n"
       << "  roots-host-stub connect roots.personio --setting base_url=" << personioUrl()
       << " --setting client_id=" << access.client_id << " --setting email=" << access.email << "\n"
       << "  roots-host-stub moco connect --domain " << access.moco_domain << " --base-url " << mocoUrl()
       << "\n";
  return text.str();
}

}  // namespace roots::sandbox
