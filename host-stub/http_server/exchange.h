// One request and its reply on a connection of the server: converts Poco's request to ours and our reply to
// bytes, simulated failures included. Poco creates it for each request, on the connection's thread.
#pragma once

#include "http_server/connections.h"
#include "http_server/http_server.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>

#include <optional>
#include <string>

namespace roots::host {

class Exchange : public Poco::Net::HTTPRequestHandler {
 public:
  // connection: the ID of this request's connection in connections.
  Exchange(const ServerHandler &handler, Connections &connections, int connection)
      : handler_(handler), connections_(connections), connection_(connection) {}

  void handleRequest(Poco::Net::HTTPServerRequest &request, Poco::Net::HTTPServerResponse &response) override;

 private:
  // nullopt: the client has disconnected.
  std::optional<ServerReply> replyTo(Poco::Net::HTTPServerRequest &request,
                                     Poco::Net::HTTPServerResponse &response);
  void send(const ServerReply &reply, Poco::Net::HTTPServerRequestImpl &request,
            Poco::Net::HTTPServerResponse &response);
  void sendReply(const ServerReply &reply, bool head_only, int descriptor,
                 Poco::Net::HTTPServerResponse &response);
  void sendStream(const ServerReply &reply, int descriptor, Poco::Net::HTTPServerResponse &response);

  const ServerHandler &handler_;
  Connections &connections_;
  int connection_;
};

}  // namespace roots::host
