// Lists of Moco over real sockets: whatever their pages say about each other, all rows come, or an error.
#include "moco/moco_client.h"
#include "support/catch.h"
#include "support/dates.h"
#include "support/raw_server.h"
#include "support/text_search.h"

#include <roots/kit/http_transport.h>

#include <algorithm>
#include <map>
#include <mutex>

using namespace roots;
using namespace roots::host;
using namespace roots::test;

namespace {

struct SentPage {
  int first = 1;  // id of the first row
  int rows = 0;
  std::vector<std::string> headers;
};

// What Moco sends for a page, by its number; asked_before: how many requests there were.
using Paging = std::function<SentPage(int page, int asked_before)>;

class PagedMoco {
 public:
  explicit PagedMoco(Paging paging)
      : paging_(std::move(paging)), server_([this](Peer &peer) {
          for (std::string request = peer.readRequest(); !request.empty(); request = peer.readRequest())
            peer.send(replyTo(request));
        }) {
    kit::TransportOptions options;
    options.base_url = "http://127.0.0.1:" + std::to_string(server_.port());
    transport_ = std::move(*kit::makeHttpTransport(options));
  }

  Result<MocoRows<TimeEntry>> entries() {
    MocoClient client(*transport_, kit::realWaiter(), "key");
    return client.timeEntries("7", kJuly, {std::chrono::steady_clock::now() + std::chrono::minutes(2), {}});
  }
  // How many entries came; -1 for an error.
  int count() {
    const auto read = entries();
    return read ? static_cast<int>(read->rows.size()) : -1;
  }
  std::string problem() {
    const auto read = entries();
    return read ? "none" : read.error().message;
  }
  [[nodiscard]] int asked() const { return asked_; }

 private:
  std::string replyTo(const std::string &request) {
    const std::size_t at = request.find("&page=");
    const int page = at == std::string::npos ? 1 : std::stoi(request.substr(at + 6));
    const SentPage sent = paging_(page, asked_++);
    std::string body = "[";
    for (int id = sent.first; id < sent.first + sent.rows; ++id) {
      body += std::string(id == sent.first ? "" : ",") + R"({"id":)" + std::to_string(id) +
              R"(,"date":"2026-07-13","seconds":60,"user":{"id":7}})";
    }
    body += "]";
    std::string head = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n";
    for (const std::string &header : sent.headers) head += header + "\r\n";
    return head + "\r\n" + body;
  }

  Paging paging_;
  std::atomic<int> asked_{0};
  RawServer server_;
  std::unique_ptr<kit::HttpTransport> transport_;
};

// So many rows in pages of this size, each with these headers.
Paging pagesOf(int total, int size,
               std::function<std::vector<std::string>(int page, bool is_last)> headers = {}) {
  return [=](int page, int) {
    const int before = std::min(total, (page - 1) * size);
    SentPage sent{before + 1, std::min(size, total - before), {}};
    if (headers) sent.headers = headers(page, page * size >= total);
    return sent;
  };
}

// Of this form, with PAGE for the number of the next page, on all pages but the last.
Paging linked(const std::string &link) {
  return pagesOf(250, 100, [=](int page, bool is_last) {
    if (is_last) return std::vector<std::string>{R"(Link: <https://x/?page=1>; rel="first")"};
    std::string text = link;
    text.replace(text.find("PAGE"), 4, std::to_string(page + 1));
    return std::vector<std::string>{text};
  });
}

}  // namespace

TEST_CASE("a next page is found in each form of its link", "[moco][pages]") {
  const std::string link = GENERATE(
      R"(Link: <https://example.mocoapp.com/api/v1/activities?page=PAGE>; rel="next")",
      "link: <https://example.mocoapp.com/?page=PAGE>;rel=next", "LINK: </?per_page=100&page=PAGE>; REL=Next",
      R"(Link: <https://x/?page=1>; rel="first", <https://x/?page=PAGE>; rel="next")",
      R"(Link: <https://x/?page=PAGE>; title="rel=\"last\", really"; rel="other next")",
      "Link: <https://x/?page=1>; rel=first\r\nLink: <https://x/?page=PAGE>; rel=\"next\"");
  CAPTURE(link);
  PagedMoco moco(linked(link));
  CHECK(moco.count() == 250);
  CHECK(moco.asked() == 3);
}

TEST_CASE("only the page number of a link to a next page is used, never its host", "[moco][pages]") {
  const RawServer elsewhere([](Peer &peer) { peer.readRequest(); });
  PagedMoco moco(
      linked("Link: <http://127.0.0.1:" + std::to_string(elsewhere.port()) + "/?page=PAGE>; rel=next"));
  CHECK(moco.count() == 250);
  CHECK(elsewhere.connections() == 0);
}

TEST_CASE("X-Total determines the number of rows, with or without links", "[moco][pages]") {
  const int size = GENERATE(100, 50, 7);
  const bool tells_size = GENERATE(true, false);
  PagedMoco moco(pagesOf(250, size, [=](int page, bool) {
    std::vector<std::string> headers{"X-Total: 250", "X-Page: " + std::to_string(page)};
    if (tells_size) headers.push_back("X-Per-Page: " + std::to_string(size));
    return headers;
  }));
  CHECK(moco.count() == 250);
  CHECK(moco.asked() == (250 + size - 1) / size);
}

TEST_CASE("a list of one page costs one request", "[moco][pages]") {
  for (const int rows : {0, 1, 100}) {
    PagedMoco moco(pagesOf(rows, 100, [=](int, bool) {
      return std::vector<std::string>{"X-Page: 1", "X-Per-Page: 100", "X-Total: " + std::to_string(rows)};
    }));
    CHECK(moco.count() == rows);
    CHECK(moco.asked() == 1);
  }
}

TEST_CASE("without a length and links, pages are requested until one is not full", "[moco][pages]") {
  for (const int total : {0, 1, 50, 100, 130, 200}) {
    CAPTURE(total);
    for (const int size : {50, 100}) {
      CHECK(PagedMoco(pagesOf(total, size)).count() == total);
      CHECK(PagedMoco(pagesOf(total, size, [=](int, bool) {
              return std::vector<std::string>{"X-Per-Page: " + std::to_string(size)};
            })).count() == total);
    }
  }
  PagedMoco preloading(pagesOf(130, 50, [](int, bool) {
    return std::vector<std::string>{"Link: </app.css>; rel=preload"};  // of some proxy
  }));
  CHECK(preloading.count() == 130);
}

TEST_CASE("an inconsistent list is an error, with the reason", "[moco][pages]") {
  const auto problemOf = [](const Paging &paging) {
    PagedMoco moco(paging);
    const auto read = moco.entries();
    REQUIRE_FALSE(read.ok());
    CHECK(read.error().status == Status::unexpected_reply);
    return read.error().message;
  };
  const auto with = [](const std::string &header) {
    return [=](int, bool) { return std::vector<std::string>{header}; };
  };
  CHECK(contains(problemOf(pagesOf(200, 100, with("X-Total: 250"))), "X-Total is 250, but 200 rows came"));
  CHECK(contains(problemOf(pagesOf(100, 100, with("X-Total: 90"))), "X-Total is 90, but 100 rows came"));
  CHECK(contains(problemOf(pagesOf(250, 100, with("X-Page: 1"))), "page 1 came for page 2"));
  CHECK(contains(problemOf(pagesOf(250, 100, with("X-Per-Page: 50"))), "more rows than X-Per-Page"));
  CHECK(contains(problemOf(pagesOf(500, 100, with("Link: </?page=4>; rel=next"))), "leads to page 4"));
  CHECK(contains(problemOf(pagesOf(0, 100, with("Link: </?page=2>; rel=next"))),
                 "an empty page has a next one"));
  // It takes no notice of the page that is asked for.
  CHECK(contains(problemOf([](int, int) { return SentPage{1, 100, {}}; }), "the same page came twice"));
  CHECK(contains(problemOf([](int, int) { return SentPage{1, 100, {"Link: </>; rel=next"}}; }),
                 "the same page came twice"));
}

TEST_CASE("a list that changes during reading is read again from the start", "[moco][pages]") {
  const auto telling = [](int total) {
    return [=](int, bool) { return std::vector<std::string>{"X-Total: " + std::to_string(total)}; };
  };
  // The 151st row is entered after the first page was sent.
  PagedMoco grows([&](int page, int asked_before) {
    const int total = asked_before == 0 ? 150 : 151;
    return pagesOf(total, 100, telling(total))(page, asked_before);
  });
  CHECK(grows.count() == 151);
  CHECK(grows.asked() == 4);
  PagedMoco restless([&](int page, int asked_before) {
    return pagesOf(150 + asked_before, 100, telling(150 + asked_before))(page, asked_before);
  });
  const auto read = restless.entries();
  REQUIRE_FALSE(read.ok());
  CHECK(read.error().status == Status::try_later);
}
