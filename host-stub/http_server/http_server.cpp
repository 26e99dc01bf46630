// The server over Poco. What Poco does not do by itself:
// - Poco would share the port with another server of the same user (SO_REUSEPORT): not asked for here.
// - Its own stop touches TLS objects of threads that still use them, and waits for idle connections.
//   Here every connection registers a duplicate of its descriptor, and stopping shuts those down.
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

#include <sys/socket.h>

#include <strings.h>

namespace roots::host {
namespace {

namespace net = Poco::Net;

constexpr int most_threads = 64;  // a connection that is kept open holds one

class ExchangeFactory : public net::HTTPRequestHandlerFactory {
 public:
  ExchangeFactory(const ServerHandler &handler, Connections &connections)
      : handler_(handler), connections_(connections) {}
  net::HTTPRequestHandler *createRequestHandler(const net::HTTPServerRequest &) override {
    return new Exchange(handler_, connections_);  // Poco deletes it
  }

 private:
  const ServerHandler &handler_;
  Connections &connections_;
};

class Connection : public net::HTTPServerConnection {
 public:
  Connection(const net::StreamSocket &socket, const net::HTTPServerParams::Ptr &parameters,
             const net::HTTPRequestHandlerFactory::Ptr &factory, Connections &connections)
      : HTTPServerConnection(socket, parameters, factory), connections_(connections) {}

  void run() override {
    const int duplicate = connections_.add(socket().impl()->sockfd());
    try {
      HTTPServerConnection::run();
    } catch (...) {  // the connection broke; there is nobody left to tell
    }
    connections_.remove(duplicate);
  }

 private:
  Connections &connections_;
};

class ConnectionFactory : public net::TCPServerConnectionFactory {
 public:
  ConnectionFactory(net::HTTPServerParams::Ptr parameters, net::HTTPRequestHandlerFactory::Ptr factory,
                    Connections &connections)
      : parameters_(std::move(parameters)), factory_(std::move(factory)), connections_(connections) {}
  net::TCPServerConnection *createConnection(const net::StreamSocket &socket) override {
    return new Connection(socket, parameters_, factory_, connections_);  // Poco deletes it
  }

 private:
  net::HTTPServerParams::Ptr parameters_;
  net::HTTPRequestHandlerFactory::Ptr factory_;
  Connections &connections_;
};

net::ServerSocket listeningSocket(const ServerOptions &options) {
  const net::SocketAddress address("127.0.0.1", options.port);
  constexpr bool reuse_address = true;
  constexpr bool share_port = false;
  if (options.certificate_file.empty() && options.private_key_file.empty()) {
    net::ServerSocket socket;
    socket.bind(address, reuse_address, share_port);
    socket.listen(128);
    return socket;
  }
  net::Context::Ptr context(new net::Context(net::Context::TLS_SERVER_USE, options.private_key_file,
                                             options.certificate_file, "", net::Context::VERIFY_NONE));
  context->requireMinimumProtocol(net::Context::PROTO_TLSV1_2);
  net::SecureServerSocket socket(context);
  socket.bind(address, reuse_address, share_port);
  socket.listen(128);
  return socket;
}

net::HTTPServerParams::Ptr serverParameters() {
  net::HTTPServerParams::Ptr parameters(new net::HTTPServerParams);
  parameters->setKeepAlive(true);
  parameters->setKeepAliveTimeout(Poco::Timespan(15, 0));
  parameters->setMaxThreads(most_threads);
  parameters->setMaxQueued(128);
  return parameters;
}

}  // namespace

std::optional<std::string> ServerRequest::header(const std::string &name) const {
  for (const auto &[candidate, value] : headers) {
    if (::strcasecmp(candidate.c_str(), name.c_str()) == 0) return value;
  }
  return std::nullopt;
}

std::vector<std::string> ServerRequest::parameters(const std::string &name) const {
  std::vector<std::string> values;
  for (const auto &[candidate, value] : query) {
    if (candidate == name) values.push_back(value);
  }
  return values;
}

struct HttpServer::Content {
  Content(const net::ServerSocket &listening, ServerHandler callback)
      : handler(std::move(callback)), socket(listening) {
    const auto parameters = serverParameters();
    const net::HTTPRequestHandlerFactory::Ptr exchanges(new ExchangeFactory(handler, connections));
    server = std::make_unique<net::TCPServer>(new ConnectionFactory(parameters, exchanges, connections),
                                              threads, socket, parameters);
    server->start();
  }

  ~Content() {
    // Wakes the accepting thread, which would otherwise look up only every quarter of a second.
    ::shutdown(socket.impl()->sockfd(), SHUT_RDWR);
    connections.stop();
    server->stop();
    server.reset();
    threads.joinAll();
  }

  ServerHandler handler;
  Connections connections;
  net::ServerSocket socket;
  Poco::ThreadPool threads{2, most_threads};
  std::unique_ptr<net::TCPServer> server;
};

HttpServer::HttpServer(std::unique_ptr<Content> content) : content_(std::move(content)) {}
HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const { return content_->socket.address().port(); }
int HttpServer::connectionsSeen() const { return content_->connections.seen(); }

Result<std::unique_ptr<HttpServer>> HttpServer::start(const ServerOptions &options, ServerHandler handler) {
  if (options.certificate_file.empty() != options.private_key_file.empty()) {
    return Error{Status::invalid_setting,
                 "A server with TLS needs both a certificate file and a private key file.",
                 "",
                 0,
                 {}};
  }
  try {
    return std::unique_ptr<HttpServer>(
        new HttpServer(std::make_unique<Content>(listeningSocket(options), std::move(handler))));
  } catch (const Poco::Exception &error) {
    return Error{Status::invalid_setting,
                 "The server cannot start on 127.0.0.1, port " + std::to_string(options.port) + ": " +
                     error.message() + ". Choose another port.",
                 "",
                 0,
                 {}};
  }
}

}  // namespace roots::host
