// Function tables with a broken head, create(), or destroy(). Each fault is in a separate namespace.
#include "sound.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>

using broken::sound;

namespace {

void *doNothing(void *) { return nullptr; }

}  // namespace

BROKEN_TABLE(nothing, create, sound.create)

BROKEN_TABLE(null_slot, fetch_schedule, nullptr)

namespace wrong_id {
static roots_text otherId() { return broken::text("example.other"); }
}  // namespace wrong_id
BROKEN_TABLE(wrong_id, plugin_id, wrong_id::otherId)

namespace socket_in_create {
static roots_status create(const roots_host *host, roots_provider **out, roots_error *error) {
  ::close(::socket(AF_INET, SOCK_STREAM, 0));
  return sound.create(host, out, error);
}
}  // namespace socket_in_create
BROKEN_TABLE(socket_in_create, create, socket_in_create::create)

namespace thread_in_create {
static roots_status create(const roots_host *host, roots_provider **out, roots_error *error) {
  pthread_t thread{};
  if (pthread_create(&thread, nullptr, doNothing, nullptr) == 0) pthread_join(thread, nullptr);
  return sound.create(host, out, error);
}
}  // namespace thread_in_create
BROKEN_TABLE(thread_in_create, create, thread_in_create::create)

// Far above the limit of 100 ms: on a busy computer, the checker subtracts the time in which it waited for a
// processor.
namespace slow_create {
static roots_status create(const roots_host *host, roots_provider **out, roots_error *error) {
  static bool slow = true;
  if (slow) ::usleep(400'000);
  slow = false;
  return sound.create(host, out, error);
}
}  // namespace slow_create
BROKEN_TABLE(slow_create, create, slow_create::create)

// Slow in the first process that creates a provider, as on a busy computer. A file in the plugin's folder
// records that process.
namespace slow_create_once {
static roots_status create(const roots_host *host, roots_provider **out, roots_error *error) {
  Dl_info own{};
  if (::dladdr(reinterpret_cast<void *>(&create), &own) != 0) {
    const int mark =
        ::open((std::string(own.dli_fname) + ".slow").c_str(), O_CREAT | O_EXCL | O_WRONLY, 0600);
    if (mark >= 0) ::usleep(150'000);
    if (mark >= 0) ::close(mark);
  }
  return sound.create(host, out, error);
}
}  // namespace slow_create_once
BROKEN_TABLE(slow_create_once, create, slow_create_once::create)

namespace needs_secret_store {
static roots_status create(const roots_host *host, roots_provider **out, roots_error *error) {
  if (host->struct_size >= sizeof(roots_host) && host->load_secret == nullptr) return ROOTS_INTERNAL;
  return sound.create(host, out, error);
}
}  // namespace needs_secret_store
BROKEN_TABLE(needs_secret_store, create, needs_secret_store::create)

namespace leaks {
static void destroy(roots_provider *) {}
}  // namespace leaks
BROKEN_TABLE(leaks, destroy, leaks::destroy)

namespace crashes_on_destroy_null {
static void destroy(roots_provider *provider) {
  if (provider == nullptr) std::abort();
  sound.destroy(provider);
}
}  // namespace crashes_on_destroy_null
BROKEN_TABLE(crashes_on_destroy_null, destroy, crashes_on_destroy_null::destroy)

BROKEN_TABLE(short_table, struct_size, 40)

BROKEN_TABLE(older_than_manifest, abi_minor, 0)

namespace shared_provider {
static roots_status create(const roots_host *host, roots_provider **out, roots_error *error) {
  static roots_provider *only = nullptr;
  if (only == nullptr) {
    const roots_status status = sound.create(host, &only, error);
    if (status != ROOTS_OK) return status;
  }
  *out = only;
  return ROOTS_OK;
}
static void destroy(roots_provider *) {}
}  // namespace shared_provider
extern "C" const roots_provider_api *broken_shared_provider() {
  static roots_provider_api table = sound;
  table.create = shared_provider::create;
  table.destroy = shared_provider::destroy;
  return &table;
}

extern "C" const roots_provider_api *broken_null_table() { return nullptr; }

extern "C" const roots_provider_api *broken_new_table_each_time() {
  static roots_provider_api tables[64];
  static int next = 0;
  tables[next % 64] = sound;
  return &tables[next++ % 64];
}
