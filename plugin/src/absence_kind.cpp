#include "absence_kind.h"

#include "lower_case.h"

#include <optional>
#include <string>
#include <string_view>

namespace roots::personio {
namespace {

struct Row {
  std::string_view pattern;
  Kind kind;
  Effect effect = Effect::time_off;
};

// ---- The mapping. First table: categories, in lower case. -------------------------------------------
// "other", "undefined" and "custom_absence" are left out on purpose: they say nothing, the name decides.
constexpr Row kCategories[] = {
    {"paid_vacation", Kind::vacation},
    {"vacation", Kind::vacation},
    {"sick_leave", Kind::sick},
    {"sick", Kind::sick},
    {"unpaid_vacation", Kind::personal},  // not taken from the vacation account
    {"family_care", Kind::personal},
    {"child_care", Kind::personal},
    {"maternity_parental_leave", Kind::personal},
    {"parental_leave", Kind::personal},
    {"paid leave", Kind::personal},
    {"paid_leave", Kind::personal},
    {"public_duty", Kind::personal},
    {"public_duties", Kind::personal},
    {"voluntary_military_service", Kind::personal},
    {"quarantine", Kind::other},
    {"irrevocable_exemption", Kind::other},
    {"short_time_allowance", Kind::other},
    {"strike_and_lockout", Kind::other},
    {"strike_lockout", Kind::other},
    {"lockout", Kind::other},
    {"lawful_strike", Kind::other},
    {"unlawful_strike", Kind::other},
    {"unpaid_suspension", Kind::other},
    {"unexcused_absence", Kind::other},
    {"offsite_work", Kind::other, Effect::work_elsewhere},
};

// Second table: parts of names, in lower case, in the order in which they are tried. A blank stands for
// the edge of a word, so " pto " is the word alone and " urlaub" the start of one. Punctuation counts as
// a blank. Languages: de, en, fr, it, es, nl.
constexpr Row kNames[] = {
    // work elsewhere
    {"home office", Kind::other, Effect::work_elsewhere},
    {"homeoffice", Kind::other, Effect::work_elsewhere},
    {"work from home", Kind::other, Effect::work_elsewhere},
    {"working from home", Kind::other, Effect::work_elsewhere},
    {" wfh ", Kind::other, Effect::work_elsewhere},
    {" remote", Kind::other, Effect::work_elsewhere},
    {" mobiles arbeiten", Kind::other, Effect::work_elsewhere},
    {" mobile arbeit", Kind::other, Effect::work_elsewhere},
    {" mobilarbeit", Kind::other, Effect::work_elsewhere},
    {" mobile work", Kind::other, Effect::work_elsewhere},
    {"telearbeit", Kind::other, Effect::work_elsewhere},
    {"telework", Kind::other, Effect::work_elsewhere},
    {"dienstreise", Kind::other, Effect::work_elsewhere},
    {"geschäftsreise", Kind::other, Effect::work_elsewhere},
    {"business trip", Kind::other, Effect::work_elsewhere},
    {"workation", Kind::other, Effect::work_elsewhere},
    {"télétravail", Kind::other, Effect::work_elsewhere},
    {"déplacement professionnel", Kind::other, Effect::work_elsewhere},
    {"telelavoro", Kind::other, Effect::work_elsewhere},
    {"lavoro agile", Kind::other, Effect::work_elsewhere},
    {"smart working", Kind::other, Effect::work_elsewhere},
    {"trasferta", Kind::other, Effect::work_elsewhere},
    {"teletrabajo", Kind::other, Effect::work_elsewhere},
    {"viaje de negocios", Kind::other, Effect::work_elsewhere},
    {"thuiswerk", Kind::other, Effect::work_elsewhere},
    {"zakenreis", Kind::other, Effect::work_elsewhere},
    // overtime and time in lieu
    {"überstunden", Kind::other, Effect::compensation},
    {"ueberstunden", Kind::other, Effect::compensation},
    {"mehrarbeit", Kind::other, Effect::compensation},
    {"freizeitausgleich", Kind::other, Effect::compensation},
    {"zeitausgleich", Kind::other, Effect::compensation},
    {"feiertagsausgleich", Kind::other, Effect::compensation},
    {"gleitzeit", Kind::other, Effect::compensation},
    {"gleittag", Kind::other, Effect::compensation},
    {"overtime", Kind::other, Effect::compensation},
    {"time off in lieu", Kind::other, Effect::compensation},
    {"time in lieu", Kind::other, Effect::compensation},
    {" toil ", Kind::other, Effect::compensation},
    {"compensatory", Kind::other, Effect::compensation},
    {"heures supplémentaires", Kind::other, Effect::compensation},
    {"récupération", Kind::other, Effect::compensation},
    {" rtt ", Kind::other, Effect::compensation},
    {"straordinari", Kind::other, Effect::compensation},
    {"recupero ore", Kind::other, Effect::compensation},
    {"horas extra", Kind::other, Effect::compensation},
    {"compensación", Kind::other, Effect::compensation},
    {"overuren", Kind::other, Effect::compensation},
    {"tijd voor tijd", Kind::other, Effect::compensation},
    // public holidays kept as a type of absence
    {"feiertag", Kind::public_holiday},
    {"public holiday", Kind::public_holiday},
    {"bank holiday", Kind::public_holiday},
    {"jour férié", Kind::public_holiday},
    {"jours fériés", Kind::public_holiday},
    {"festività", Kind::public_holiday},
    {"festivo", Kind::public_holiday},
    {"feestdag", Kind::public_holiday},
    // caring for others, before "sick": "Kind krank" is not one's own illness
    {" kind krank", Kind::personal},
    {"kindkrank", Kind::personal},
    {"kinderkrank", Kind::personal},
    {"krankes kind", Kind::personal},
    {"child sick", Kind::personal},
    {"sick child", Kind::personal},
    {"enfant malade", Kind::personal},
    {"malattia figli", Kind::personal},
    {"malattia bambino", Kind::personal},
    {"hijo enfermo", Kind::personal},
    {"ziek kind", Kind::personal},
    {"kinderbetreuung", Kind::personal},
    {"pflege", Kind::personal},
    {" carer", Kind::personal},
    // leave with a reason of its own, before "vacation": "Sonderurlaub" is not vacation
    {"sonderurlaub", Kind::personal},
    {"special leave", Kind::personal},
    {"bildungsurlaub", Kind::personal},
    {"bildungszeit", Kind::personal},
    {"educational leave", Kind::personal},
    {"study leave", Kind::personal},
    {"unbezahlt", Kind::personal},
    {"unpaid", Kind::personal},
    {"sans solde", Kind::personal},
    {"non retribuit", Kind::personal},
    {"sin sueldo", Kind::personal},
    {"no retribuid", Kind::personal},
    {"onbetaald", Kind::personal},
    {"elternzeit", Kind::personal},
    {"parental", Kind::personal},
    {"paternity", Kind::personal},
    {"maternity", Kind::personal},
    {"mutterschutz", Kind::personal},
    {"mutterschaft", Kind::personal},
    {"vaterschaft", Kind::personal},
    {"maternité", Kind::personal},
    {"paternité", Kind::personal},
    {"maternità", Kind::personal},
    {"paternità", Kind::personal},
    {"maternidad", Kind::personal},
    {"paternidad", Kind::personal},
    {"zwangerschap", Kind::personal},
    {"ouderschap", Kind::personal},
    {"geboorteverlof", Kind::personal},
    {"bijzonder verlof", Kind::personal},
    {"sabbatical", Kind::personal},
    {"umzug", Kind::personal},
    {"moving", Kind::personal},
    {"hochzeit", Kind::personal},
    {"wedding", Kind::personal},
    {"todesfall", Kind::personal},
    {"trauerfall", Kind::personal},
    {"bereavement", Kind::personal},
    {"compassionate", Kind::personal},
    {"jury duty", Kind::personal},
    {"événement familial", Kind::personal},
    {"évènement familial", Kind::personal},
    {"permiso", Kind::personal},
    {"permesso", Kind::personal},
    {"personal", Kind::personal},
    {"freistellung", Kind::personal},
    // one's own illness
    {"krank", Kind::sick},
    {"arbeitsunfähig", Kind::sick},
    {" sick", Kind::sick},
    {"illness", Kind::sick},
    {" maladie", Kind::sick},
    {" malattia", Kind::sick},
    {"enfermedad", Kind::sick},
    {"baja médica", Kind::sick},
    {" ziek", Kind::sick},
    // vacation
    {"urlaub", Kind::vacation},
    {" ferien", Kind::vacation},
    {"vacation", Kind::vacation},
    {"annual leave", Kind::vacation},
    {"paid time off", Kind::vacation},
    {" pto ", Kind::vacation},
    {" holiday", Kind::vacation},
    {"congés payés", Kind::vacation},
    {"congé payé", Kind::vacation},
    {"congés annuels", Kind::vacation},
    {" vacances", Kind::vacation},
    {" ferie ", Kind::vacation},
    {"vacaciones", Kind::vacation},
    {"vakantie", Kind::vacation},
    {" verlof ", Kind::vacation},
};
// ---- End of the mapping. ------------------------------------------------------------------------------

bool isWordCharacter(char character) {
  const bool letter = character >= 'a' && character <= 'z';
  const bool digit = character >= '0' && character <= '9';
  const bool part_of_umlaut = static_cast<unsigned char>(character) >= 0x80;
  return letter || digit || part_of_umlaut;
}

// Lower case for ASCII and the letters of Western Europe (U+00C0 ... U+00DE), words separated and
// surrounded by one blank.
std::string foldedWords(std::string_view name) {
  std::string folded(1, ' ');
  bool after_latin_lead = false;
  for (char character : lowerCase(name)) {
    const auto byte = static_cast<unsigned char>(character);
    if (after_latin_lead && byte >= 0x80 && byte <= 0x9E && byte != 0x97) {
      character = static_cast<char>(byte + 0x20);
    }
    after_latin_lead = byte == 0xC3;
    if (isWordCharacter(character)) {
      folded += character;
    } else if (folded.back() != ' ') {
      folded += ' ';
    }
  }
  if (folded.back() != ' ') folded += ' ';
  return folded;
}

std::optional<Classification> byCategory(std::string_view category) {
  const std::string lower = lowerCase(category);
  for (const Row &row : kCategories) {
    if (row.pattern == lower) return Classification{row.kind, row.effect, true};
  }
  return std::nullopt;
}

std::optional<Classification> byName(std::string_view name) {
  const std::string words = foldedWords(name);
  for (const Row &row : kNames) {
    if (words.find(row.pattern) != std::string::npos) return Classification{row.kind, row.effect, true};
  }
  return std::nullopt;
}

}  // namespace

Classification classify(const AbsenceType &type) {
  if (type.category) {
    if (const auto found = byCategory(*type.category)) return *found;
  }
  return byName(type.name).value_or(Classification{});
}

}  // namespace roots::personio
