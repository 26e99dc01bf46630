// One request and its reply on a connection of the server: from Poco's request to ours, from our reply to
// bytes, misbehaviour included. Made by Poco for each request, on the connection's thread.
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
  Exchange(const ServerHandler &handler, Connections &connections)
      : handler_(handler), connections_(connections) {}

  void handleRequest(Poco::Net::HTTPServerRequest &request, Poco::Net::HTTPServerResponse &response) override;

 private:
  // Nothing: the client is gone.
  std::optional<ServerReply> replyTo(Poco::Net::HTTPServerRequest &request,
                                     Poco::Net::HTTPServerResponse &response);
  void send(const ServerReply &reply, Poco::Net::HTTPServerRequestImpl &request,
            Poco::Net::HTTPServerResponse &response);
  void sendReply(const ServerReply &reply, bool head_only, int descriptor,
                 Poco::Net::HTTPServerResponse &response);
  void sendStream(const ServerReply &reply, int descriptor, Poco::Net::HTTPServerResponse &response);

  const ServerHandler &handler_;
  Connections &connections_;
};

}  // namespace roots::host
