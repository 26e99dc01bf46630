#include "support/raw_server.h"

#include "support/listening_socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <memory>

namespace roots::test {
namespace {

class PlainPeer : public Peer {
 public:
  PlainPeer(RawServer &server, int socket) : server_(server), socket_(socket) {}
  ~PlainPeer() override { PlainPeer::cut(); }

  bool performHandshake() override { return true; }

  std::string readRequest() override {
    std::string request;
    while (request.find("\r\n\r\n") == std::string::npos) {
      std::array<char, 4096> buffer{};
      const int count = receive(buffer.data(), static_cast<int>(buffer.size()));
      if (count <= 0) return "";
      request.append(buffer.data(), static_cast<std::size_t>(count));
      server_.remember(std::string(buffer.data(), static_cast<std::size_t>(count)));
    }
    return request;
  }

  bool send(const std::string &bytes) override {
    std::size_t sent = 0;
    while (sent < bytes.size()) {
      const int count = transmit(bytes.data() + sent, static_cast<int>(bytes.size() - sent));
      if (count <= 0) return false;
      sent += static_cast<std::size_t>(count);
      server_.countSent(static_cast<std::size_t>(count));
    }
    return true;
  }

  void closeInOrder() override { cut(); }

  void cut() override {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }

  void reset() override {
    const linger at_once{1, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    cut();
  }

  void wait(std::chrono::milliseconds duration) override {
    const auto end = std::chrono::steady_clock::now() + duration;
    while (!server_.stopping() && std::chrono::steady_clock::now() < end)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }

 protected:
  // Waits until data can be read; false: the server stops.
  bool readable() {
    while (!server_.stopping()) {
      pollfd waiting{socket_, POLLIN, 0};
      if (::poll(&waiting, 1, 20) > 0) return true;
    }
    return false;
  }

  virtual int receive(char *into, int capacity) {
    return readable() ? static_cast<int>(::recv(socket_, into, static_cast<std::size_t>(capacity), 0)) : -1;
  }

  virtual int transmit(const char *bytes, int count) {
    return static_cast<int>(::send(socket_, bytes, static_cast<std::size_t>(count), MSG_NOSIGNAL));
  }

  RawServer &server_;
  int socket_;
};

class TlsPeer final : public PlainPeer {
 public:
  TlsPeer(RawServer &server, int socket, SSL_CTX *context)
      : PlainPeer(server, socket), ssl_(SSL_new(context), SSL_free) {
    SSL_set_fd(ssl_.get(), socket);
  }

  bool performHandshake() override {
    secure_ = true;
    return readable() && SSL_accept(ssl_.get()) == 1;
  }

  void closeInOrder() override {
    SSL_shutdown(ssl_.get());
    cut();
  }

 private:
  int receive(char *into, int capacity) override {
    if (!secure_) return PlainPeer::receive(into, capacity);
    if (SSL_pending(ssl_.get()) == 0 && !readable()) return -1;
    return SSL_read(ssl_.get(), into, capacity);
  }

  int transmit(const char *bytes, int count) override {
    return secure_ ? SSL_write(ssl_.get(), bytes, count) : PlainPeer::transmit(bytes, count);
  }

  bool secure_ = false;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
};

using Context = std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)>;

Context contextFor(const RawServerOptions &options) {
  Context context(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
  // The client must refuse weak parameters.
  SSL_CTX_set_security_level(context.get(), 0);
  SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
  SSL_CTX_set_max_proto_version(context.get(), options.newest_tls);
  SSL_CTX_set_cipher_list(context.get(), options.ciphers.empty() ? "ALL" : options.ciphers.c_str());
  if (SSL_CTX_use_certificate_chain_file(context.get(), options.certificate->certificate_file.c_str()) != 1 ||
      SSL_CTX_use_PrivateKey_file(context.get(), options.certificate->key_file.c_str(), SSL_FILETYPE_PEM) !=
          1) {
    throw std::runtime_error("the server's certificate cannot be used");
  }
  return context;
}

}  // namespace

RawServer::RawServer(Script script, const RawServerOptions &options)
    : script_(std::move(script)), options_(options) {
  listener_ = listenAt(options.address, options.port, options.accept ? 16 : 0);
  port_ = portOf(listener_);
  if (options.accept) acceptor_ = std::thread([this] { acceptAll(); });
}

RawServer::~RawServer() {
  stopping_ = true;
  if (acceptor_.joinable()) acceptor_.join();
  for (auto &thread : threads_) thread.join();
  ::close(listener_);
}

void RawServer::acceptAll() {
  // OpenSSL's writes to a closed connection must not end the test; the threads started below inherit the
  // signal mask.
  sigset_t pipe_signal;
  ::sigemptyset(&pipe_signal);
  ::sigaddset(&pipe_signal, SIGPIPE);
  ::pthread_sigmask(SIG_BLOCK, &pipe_signal, nullptr);
  const Context context = options_.certificate ? contextFor(options_) : Context(nullptr, SSL_CTX_free);
  SSL_CTX *shared = context.get();
  while (!stopping_) {
    pollfd waiting{listener_, POLLIN, 0};
    if (::poll(&waiting, 1, 10) <= 0) continue;
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    // Each send() is a separate packet with a small send buffer: sent() is what the peer received.
    const int at_once = 1;
    const int little = 65536;
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    ::setsockopt(socket, SOL_SOCKET, SO_SNDBUF, &little, sizeof little);
    ++connections_;
    if (shared != nullptr) SSL_CTX_up_ref(shared);
    threads_.emplace_back([this, socket, shared] {
      const Context kept(shared, SSL_CTX_free);
      if (shared != nullptr) {
        TlsPeer peer(*this, socket, shared);
        script_(peer);
      } else {
        PlainPeer peer(*this, socket);
        script_(peer);
      }
    });
  }
}

std::string RawServer::received() const {
  const std::lock_guard lock(mutex_);
  return received_;
}

void RawServer::remember(const std::string &bytes) {
  const std::lock_guard lock(mutex_);
  received_ += bytes;
}

}  // namespace roots::test
