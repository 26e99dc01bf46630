/* The binary contract between a roots host and a provider plugin, version 1.1.
 *
 * A plugin is a shared library with one export, roots_provider_entry_v1, which returns a static
 * table of functions (roots_provider_api). The host reads the table, creates a provider with create(),
 * and requests absences, weekly schedules, and balances. The provider passes records to a receiver of the
 * host during the call, so there is nothing to free and nothing to clean up on failure.
 *
 * Rules for both sides. sdk/README.md names the checks and tests that verify each rule.
 *
 *  R1  Nothing allocated on one side is freed on the other. Every pointer passed in either
 *      direction is borrowed until the call it was passed to returns. Two things live longer: the
 *      roots_provider (from create() to destroy()) and the roots_host given to create()
 *      (valid until destroy() has returned). Texts that plugin_id() and plugin_version() return, and
 *      the table itself, are valid for as long as the library is loaded.
 *  R2  Text is UTF-8 with a length. It need not end in NUL and never contains one. In fixed arrays
 *      (char[n]) text ends in NUL and is cut at a character, never inside one.
 *  R3  Dates are calendar days where the person works. No time of day and no time zone crosses the interface.
 *  R4  Durations are whole minutes, amounts are hundredths. No floating point crosses the interface.
 *  R5  No exception, longjmp or signal leaves a function of this interface.
 *  R6  The host makes one call at a time on one provider, from any thread. Different providers may be
 *      called at the same time. Host functions (roots_host, roots_call, receivers) may be called only
 *      from inside a provider call, by one thread at a time, on any thread that the plugin has joined
 *      before that call returns. No thread of the plugin outlives the call that started it.
 *  R7  On any status but ROOTS_OK the host drops every record that the call delivered.
 *  R8  Every record that can grow starts with struct_size, set by the side that allocated it to
 *      sizeof in its own build. The other side reads and writes only fields that lie inside
 *      struct_size. Fields and slots are appended, never moved, removed, or given another meaning.
 *  R9  A number that the reader does not know (from a newer peer) means: status -> ROOTS_INTERNAL,
 *      kind -> ROOTS_OTHER, effect -> ROOTS_TIME_OFF; a record with an unknown extent or unit
 *      violates the contract, because a guess would show a wrong day.
 *
 * Each function is marked: [any] may be called at any time from any thread, also concurrently;
 * [serial] follows R6.
 */
#ifndef ROOTS_PROVIDER_ABI_H
#define ROOTS_PROVIDER_ABI_H

#include <stddef.h>
#include <stdint.h>

#define ROOTS_PROVIDER_ABI_MAJOR 1u
#define ROOTS_PROVIDER_ABI_MINOR 1u

/* The symbol to look up. The major version is part of its name, so an incompatible plugin is refused
 * before any of its functions runs. */
#define ROOTS_PROVIDER_ENTRY "roots_provider_entry_v1"

#if defined(_WIN32)
#define ROOTS_CALL __cdecl
#define ROOTS_EXPORT __declspec(dllexport)
#else
#define ROOTS_CALL
#define ROOTS_EXPORT __attribute__((visibility("default")))
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- status ------------------------------------------------------------------------------------
 * A status determines what the host does next. */
typedef int32_t roots_status;
enum {
  ROOTS_OK = 0,
  ROOTS_CANCELLED = 1,        /* the host cancelled the call: show nothing                      */
  ROOTS_INVALID_SETTING = 2,  /* show the form again; error.setting names the field             */
  ROOTS_SIGN_IN_FAILED = 3,   /* request new credentials                                        */
  ROOTS_ACCESS_MISSING = 4,   /* credentials work, permission missing: ask an administrator     */
  ROOTS_PERSON_NOT_FOUND = 5, /* no person (or several) in the service matches these settings   */
  ROOTS_TRY_LATER = 6,        /* network, overload, rate limit: retry after error.retry_after_ms */
  ROOTS_UNEXPECTED_REPLY = 7, /* the reply differs from what the service documents              */
  ROOTS_INTERNAL = 8,         /* a bug in the plugin                                            */
  ROOTS_NOT_CONNECTED = 9     /* connect() has not succeeded since create()                     */
};

/* ---- small values (frozen: these never grow) --------------------------------------------------- */
typedef struct roots_text {
  const char *data; /* may be NULL if size is 0 */
  size_t size;      /* in bytes */
} roots_text;

typedef struct roots_date {
  int16_t year;  /* 1 ... 9999; 0: unknown */
  uint8_t month; /* 1 ... 12 */
  uint8_t day;   /* 1 ... 31 */
} roots_date;

typedef struct roots_days {
  roots_date first;
  roots_date last; /* inclusive, not before first */
} roots_days;

/* ---- what the host passes ---------------------------------------------------------------------- */
typedef struct roots_setting { /* frozen */
  roots_text key;              /* "key" of a setting in manifest.json */
  roots_text value;            /* an optional setting that the user left empty is not sent */
} roots_setting;

/* Allocated and size-stamped by the host, filled by the plugin on any status but ROOTS_OK and
 * ROOTS_CANCELLED. A host may pass NULL if it ignores the error. */
typedef struct roots_error {
  uint32_t struct_size;
  int32_t http_status;    /* of the reply that led to the error; 0: no reply          */
  int32_t retry_after_ms; /* with ROOTS_TRY_LATER: when to ask again; -1: unknown     */
  char setting[32];       /* key of the setting to correct, or ""                     */
  char message[512];      /* one or two English sentences: what is wrong and what to do.
                             Never a secret, a token, or a fact about somebody's health */
} roots_error;

enum { ROOTS_LOG_DEBUG = 0, ROOTS_LOG_INFO = 1, ROOTS_LOG_WARNING = 2, ROOTS_LOG_ERROR = 3 };

typedef struct roots_text_receiver { /* frozen */
  void *context;
  void(ROOTS_CALL *accept)(void *context, roots_text text);
} roots_text_receiver;

typedef struct roots_host {
  uint32_t struct_size;
  uint32_t abi_minor;
  void *context; /* passed back in every call below */

  /* A line for the host's log; level is one of ROOTS_LOG_*. No secret, no health data. Never NULL. */
  void(ROOTS_CALL *log)(void *context, int32_t level, roots_text message);

  /* Storage for small secrets such as a token, for this plugin, deleted on disconnect.
   * Both are NULL if the host stores none. Keys are the plugin's own, 1 to 64 bytes.
   * load_secret calls accept at most once, before it returns; a missing key is ROOTS_OK without a
   * call. An empty value in save_secret deletes the key. Any status but ROOTS_OK means: unavailable
   * at the moment; the plugin continues without it. */
  roots_status(ROOTS_CALL *load_secret)(void *context, roots_text key, const roots_text_receiver *receiver);
  roots_status(ROOTS_CALL *save_secret)(void *context, roots_text key, roots_text value);
} roots_host;

/* One per call, so that each call can be cancelled separately. */
typedef struct roots_call {
  uint32_t struct_size;
  int32_t timeout_ms; /* 1 or more; for the whole call, its retries included */
  void *context;      /* passed back in every call below */

  /* Not 0 after the user cancelled the call. The plugin must check at least every 250 ms, and return
   * ROOTS_CANCELLED within 500 ms. Never NULL. */
  int32_t(ROOTS_CALL *is_cancelled)(void *context);

  /* The current step, for the user; permille is 0 ... 1000 and may go backwards. May be NULL. */
  void(ROOTS_CALL *progress)(void *context, int32_t permille, roots_text doing);

  /* Something the user should know although the call succeeds, e.g. "Hourly absences are not
   * readable with this key." One English sentence, no secret, no health data. May be NULL. */
  void(ROOTS_CALL *notice)(void *context, roots_text message);
} roots_call;

/* ---- what the plugin delivers ------------------------------------------------------------------ */

/* Allocated and size-stamped by the host, filled by a successful connect(). */
typedef struct roots_account {
  uint32_t struct_size;
  roots_date employed_from;  /* first day of employment; year 0: unknown        */
  roots_date employed_until; /* last day of employment; year 0: unknown or open */
  char id[64];               /* stable: another id after sign-in is another person */
  char display_name[256];    /* may be ""                                       */
} roots_account;

/* Kinds of absence, as a user sees them. */
enum { ROOTS_VACATION = 1, ROOTS_SICK = 2, ROOTS_PUBLIC_HOLIDAY = 3, ROOTS_PERSONAL = 4, ROOTS_OTHER = 5 };

/* How much of the day. ROOTS_HALF_DAY: half of it, the service does not say which. */
enum {
  ROOTS_WHOLE_DAY = 1,
  ROOTS_FIRST_HALF = 2,
  ROOTS_SECOND_HALF = 3,
  ROOTS_HALF_DAY = 4,
  ROOTS_MINUTES = 5
};

/* The effect of an absence on the target hours of its day. */
enum {
  ROOTS_TIME_OFF = 1,       /* lowers the target                                              */
  ROOTS_WORK_ELSEWHERE = 2, /* e.g. home office kept as an absence type: the target stays     */
  ROOTS_COMPENSATION = 3    /* time in lieu: lowers the target unless the user overrides it   */
};

/* One absent calendar day. An absence of n days is n records, weekends included. */
typedef struct roots_absence_day {
  uint32_t struct_size;
  roots_date date; /* inside the requested range */
  int32_t kind;
  int32_t extent;
  int32_t minutes; /* 1 ... 1440 with ROOTS_MINUTES, else 0 */
  int32_t effect;
  roots_text absence_id; /* not empty; the same for all days of one absence */
  roots_text label;      /* the service's own word, e.g. "Sonderurlaub"; may be empty */
  /* since 1.1 */
  int32_t counted_hundredths; /* days, in hundredths, that the service itself counts for the whole
                                 absence, the same on all its days; 0: unknown. A host may report that
                                 its own count differs; it never corrects its own days by it. */
  uint32_t reserved;          /* 0 */
} roots_absence_day;

/* A weekly schedule and the day from which it applies. */
typedef struct roots_week {
  uint32_t struct_size;
  roots_date valid_from; /* year 0: the service does not say */
  int32_t minutes[7];    /* Monday first, 0 ... 1440 each */
  int32_t is_estimate;   /* 1: derived from weekly hours, because the service names no weekdays; else 0 */
} roots_week;

enum { ROOTS_UNIT_DAYS = 1, ROOTS_UNIT_HOURS = 2 };

/* An amount that the service does not report. */
#define ROOTS_AMOUNT_UNKNOWN INT32_MIN

/* The remaining balance of one type of absence, at the time of the call. */
typedef struct roots_balance {
  uint32_t struct_size;
  int32_t kind;                 /* as in roots_absence_day */
  int32_t unit;                 /* ROOTS_UNIT_* */
  int32_t available_hundredths; /* still free to plan: planned absences are already deducted */
  int32_t current_hundredths;   /* taken absences are deducted, planned ones are not */
  uint32_t reserved;            /* 0 */
  roots_text balance_id;        /* not empty */
  roots_text label;             /* the service's own word */
} roots_balance;

/* A setting of the host that the user must not edit while the provider is connected. */
typedef struct roots_lock {
  uint32_t struct_size;
  uint32_t reserved;  /* 0 */
  roots_text setting; /* one of permissions.settings_locks in manifest.json */
  roots_text reason;  /* one English sentence, shown beside the disabled control */
} roots_lock;

/* ---- receivers (frozen) -------------------------------------------------------------------------
 * Anything but ROOTS_OK from accept() ends the call: the plugin delivers nothing more and returns
 * that same status. */
typedef struct roots_absence_receiver {
  void *context;
  roots_status(ROOTS_CALL *accept)(void *context, const roots_absence_day *day);
} roots_absence_receiver;

typedef struct roots_week_receiver {
  void *context;
  roots_status(ROOTS_CALL *accept)(void *context, const roots_week *week);
} roots_week_receiver;

typedef struct roots_balance_receiver {
  void *context;
  roots_status(ROOTS_CALL *accept)(void *context, const roots_balance *balance);
} roots_balance_receiver;

typedef struct roots_lock_receiver {
  void *context;
  roots_status(ROOTS_CALL *accept)(void *context, const roots_lock *lock);
} roots_lock_receiver;

/* ---- the provider -------------------------------------------------------------------------------- */
typedef struct roots_provider roots_provider; /* opaque: the plugin's own */

typedef struct roots_provider_api {
  uint32_t struct_size; /* sizeof in the plugin's build: determines how many slots exist */
  uint32_t abi_minor;   /* ROOTS_PROVIDER_ABI_MINOR of the plugin's build */

  /* [any] Equal "id" and "version" in manifest.json. Constant, no I/O. */
  roots_text(ROOTS_CALL *plugin_id)(void);
  roots_text(ROOTS_CALL *plugin_version)(void);

  /* [any] Creates a provider. No I/O, no thread, at most 100 ms. *out is written only with ROOTS_OK. */
  roots_status(ROOTS_CALL *create)(const roots_host *host, roots_provider **out, roots_error *error);

  /* [serial] Destroys a provider; NULL is allowed. No I/O. Deletes nothing that the host stores. */
  void(ROOTS_CALL *destroy)(roots_provider *provider);

  /* [serial, network] Signs in and finds the person. A repeated connect() replaces the settings; if
   * it fails, the provider is not connected. Unknown keys are ignored, a missing required one is
   * ROOTS_INVALID_SETTING. */
  roots_status(ROOTS_CALL *connect)(roots_provider *provider, const roots_setting *settings, size_t count,
                                    const roots_call *call, roots_account *out, roots_error *error);

  /* [serial, network] Approved absences on the requested days and no others, in any order, no
   * (absence_id, date) pair twice. Weekends and holidays inside an absence are delivered: the
   * schedule determines whether they count. No absences is ROOTS_OK without a record. */
  roots_status(ROOTS_CALL *fetch_absences)(roots_provider *provider, roots_days days, const roots_call *call,
                                           const roots_absence_receiver *receiver, roots_error *error);

  /* [serial, network] The weekly schedules known for these days, sorted by valid_from, an unknown
   * valid_from first. A week is delivered only if all seven days are known. */
  roots_status(ROOTS_CALL *fetch_schedule)(roots_provider *provider, roots_days days, const roots_call *call,
                                           const roots_week_receiver *receiver, roots_error *error);

  /* [serial, network] One record per type of absence that has an account. */
  roots_status(ROOTS_CALL *fetch_balances)(roots_provider *provider, const roots_call *call,
                                           const roots_balance_receiver *receiver, roots_error *error);

  /* [serial] The settings that the user must not edit at present. No I/O. Before a successful connect():
   * none. A lock on weekly hours only after a schedule has been delivered. */
  roots_status(ROOTS_CALL *settings_locks)(roots_provider *provider, const roots_lock_receiver *receiver,
                                           roots_error *error);
  /* ---- 1.0 ends here. New slots go below, may be NULL, and are never moved or removed. ---- */
} roots_provider_api;

/* [any] The plugin's only export is
 *   ROOTS_EXPORT const roots_provider_api *roots_provider_entry_v1(void);
 * It returns the same table each time, does no I/O and starts no thread. */
typedef const roots_provider_api *(ROOTS_CALL roots_provider_entry_fn)(void);

#ifdef __cplusplus
}
#endif
#endif
