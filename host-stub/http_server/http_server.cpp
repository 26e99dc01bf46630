// The server over Poco. It differs from Poco's defaults:
// - Poco would share the port with another server of the same user (SO_REUSEPORT): not requested here.
// - Its own stop touches TLS objects of threads that still use them, and waits for idle connections.
//   Here each connection registers a duplicate of its descriptor, and stopping shuts those down.
// - Its timeout applies to each byte of a request: here the whole request has a time limit.
#include "http_server/http_server.h"

#include "http_server/exchange.h"

#include <Poco/Net/Context.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServerConnection.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/NetSSL.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/ThreadPool.h>

#include <fcntl.h>
#include <sys/socket.h>

#include <strings.h>

namespace roots::host {
namespace {

namespace net = Poco::Net;

constexpr int max_threads = 64;  // a connection that is kept open holds one
// A thread that has finished counts as used for a moment longer. If Poco found the pool empty then, it would
// leave the connection in its queue until the next one comes.
constexpr int pool_size = 2 * max_threads;
constexpr std::chrono::seconds idle_time{15};

// Poco opens its sockets without close-on-exec.
void closeInChildren(const net::Socket &socket) {
  (void)::fcntl(socket.impl()->sockfd(), F_SETFD, FD_CLOEXEC);
}

class ExchangeFactory : public net::HTTPRequestHandlerFactory {
 public:
  ExchangeFactory(const ServerHandler &handler, Connections &connections, int connection)
      : handler_(handler), connections_(connections), connection_(connection) {}
  net::HTTPRequestHandler *createRequestHandler(const net::HTTPServerRequest &) override {
    return new Exchange(handler_, connections_, connection_);  // Poco deletes it
  }

 private:
  const ServerHandler &handler_;
  Connections &connections_;
  int connection_;
};

class ServedConnection : public net::HTTPServerConnection {
 public:
  // registered: its ID in connections.
  ServedConnection(const net::StreamSocket &socket, const net::HTTPServerParams::Ptr &parameters,
                   const ServerHandler &handler, Connections &connections, int registered)
      : HTTPServerConnection(socket, parameters, new ExchangeFactory(handler, connections, registered)),
        connections_(connections),
        registered_(registered) {}
  ~ServedConnection() override { connections_.remove(registered_); }
  ServedConnection(const ServedConnection &) = delete;
  ServedConnection &operator=(const ServedConnection &) = delete;

  void run() override {
    try {
      HTTPServerConnection::run();
    } catch (...) {  // the connection broke; nobody receives an error
    }
  }

 private:
  Connections &connections_;
  int registered_;
};

class ConnectionFactory : public net::TCPServerConnectionFactory {
 public:
  ConnectionFactory(net::HTTPServerParams::Ptr parameters, const ServerHandler &handler,
                    Connections &connections)
      : parameters_(std::move(parameters)), handler_(handler), connections_(connections) {}
  net::TCPServerConnection *createConnection(const net::StreamSocket &socket) override {
    closeInChildren(socket);
    const int registered = connections_.add(socket.impl()->sockfd());
    return new ServedConnection(socket, parameters_, handler_, connections_, registered);  // Poco deletes it
  }

 private:
  net::HTTPServerParams::Ptr parameters_;
  const ServerHandler &handler_;
  Connections &connections_;
};

// Each connection uses a thread. If all are in use, a new connection replaces the one that has waited longest
// without a request, so that silent clients cannot keep others out.
class RoomForEach : public net::TCPServerConnectionFilter {
 public:
  RoomForEach(Connections &connections, const std::unique_ptr<net::TCPServer> &server)
      : connections_(connections), server_(server) {}
  bool accept(const net::StreamSocket &) override {
    ++accepted_;
    connections_.makeRoom(max_threads, accepted_ - server_->refusedConnections());
    return true;
  }

 private:
  Connections &connections_;
  const std::unique_ptr<net::TCPServer> &server_;
  int accepted_ = 0;  // one thread accepts
};

net::ServerSocket listeningSocket(const ServerOptions &options) {
  const net::SocketAddress address("127.0.0.1", options.port);
  constexpr bool reuse_address = true;
  constexpr bool share_port = false;
  if (options.certificate_file.empty() && options.private_key_file.empty()) {
    net::ServerSocket socket;
    socket.bind(address, reuse_address, share_port);
    socket.listen(128);
    closeInChildren(socket);
    return socket;
  }
  net::Context::Ptr context(new net::Context(net::Context::TLS_SERVER_USE, options.private_key_file,
                                             options.certificate_file, "", net::Context::VERIFY_NONE));
  context->requireMinimumProtocol(net::Context::PROTO_TLSV1_2);
  net::SecureServerSocket socket(context);
  socket.bind(address, reuse_address, share_port);
  socket.listen(128);
  closeInChildren(socket);
  return socket;
}

net::HTTPServerParams::Ptr serverParameters() {
  net::HTTPServerParams::Ptr parameters(new net::HTTPServerParams);
  parameters->setKeepAlive(true);
  parameters->setKeepAliveTimeout(Poco::Timespan(idle_time.count(), 0));
  parameters->setMaxThreads(max_threads);
  parameters->setMaxQueued(128);
  return parameters;
}

}  // namespace

std::optional<std::string> ServerRequest::header(const std::string &name) const {
  for (const auto &[candidate, value] : headers)
    if (::strcasecmp(candidate.c_str(), name.c_str()) == 0) return value;
  return std::nullopt;
}

std::vector<std::string> ServerRequest::parameters(const std::string &name) const {
  std::vector<std::string> values;
  for (const auto &[candidate, value] : query)
    if (candidate == name) values.push_back(value);
  return values;
}

struct HttpServer::Content {
  Content(const net::ServerSocket &listening, std::chrono::milliseconds request_time, ServerHandler callback)
      : handler(std::move(callback)), connections(request_time, idle_time), socket(listening) {
    const auto parameters = serverParameters();
    server = std::make_unique<net::TCPServer>(new ConnectionFactory(parameters, handler, connections),
                                              threads, socket, parameters);
    server->setConnectionFilter(new RoomForEach(connections, server));
    server->start();
  }

  ~Content() {
    // Wakes the accepting thread, which otherwise polls only every quarter of a second.
    ::shutdown(socket.impl()->sockfd(), SHUT_RDWR);
    connections.stop();
    server->stop();
    server.reset();
    threads.joinAll();
  }

  ServerHandler handler;
  Connections connections;
  net::ServerSocket socket;
  Poco::ThreadPool threads{2, pool_size};
  std::unique_ptr<net::TCPServer> server;
};

HttpServer::HttpServer(std::unique_ptr<Content> content) : content_(std::move(content)) {}
HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const { return content_->socket.address().port(); }
int HttpServer::connectionsSeen() const { return content_->connections.seen(); }

Result<std::unique_ptr<HttpServer>> HttpServer::start(const ServerOptions &options, ServerHandler handler) {
  if (options.certificate_file.empty() != options.private_key_file.empty()) {
    return makeError(Status::invalid_setting,
                     "A server with TLS needs both a certificate file and a private key file.");
  }
  try {
    return std::unique_ptr<HttpServer>(new HttpServer(
        std::make_unique<Content>(listeningSocket(options), options.request_time, std::move(handler))));
  } catch (const Poco::Exception &error) {
    return makeError(Status::invalid_setting, "The server cannot start on 127.0.0.1, port " +
                                                  std::to_string(options.port) + ": " + error.message() +
                                                  ". Choose another port.");
  }
}

}  // namespace roots::host
