#include "absences/absence_names.h"

#include <roots/kit/ascii.h>

#include <cstddef>
#include <string>

namespace roots::personio {
namespace {

// Parts of names, in lower case, in the order in which they are tried. A blank stands for the edge of a
// word, so " pto " is the word alone and " urlaub" the start of one. Punctuation counts as a blank. "*"
// stands for anything in between: " kind*krank" is in "Kinder-Krankentage". Languages: de, en, fr, it, es,
// nl.
constexpr KindRule kNames[] = {
    // time off for travelling, before the travelling itself
    {"ausgleich*reise", Kind::other, Effect::compensation},
    {"reise*ausgleich", Kind::other, Effect::compensation},
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
    {"geschäftsreise", Kind::other, Effect::work_elsewhere},
    {"business trip", Kind::other, Effect::work_elsewhere},
    {"workation", Kind::other, Effect::work_elsewhere},
    {"télétravail", Kind::other, Effect::work_elsewhere},
    {"telelavoro", Kind::other, Effect::work_elsewhere},
    {"lavoro agile", Kind::other, Effect::work_elsewhere},
    {"smart working", Kind::other, Effect::work_elsewhere},
    {"trasferta", Kind::other, Effect::work_elsewhere},
    {"teletrabajo", Kind::other, Effect::work_elsewhere},
    {"viaje de negocios", Kind::other, Effect::work_elsewhere},
    {"thuiswerk", Kind::other, Effect::work_elsewhere},
    {"zakenreis", Kind::other, Effect::work_elsewhere},
    {"mobile office", Kind::other, Effect::work_elsewhere},
    {"mobiles büro", Kind::other, Effect::work_elsewhere},
    {" mobil arbeit", Kind::other, Effect::work_elsewhere},
    {" mobile working", Kind::other, Effect::work_elsewhere},
    {"heimarbeit", Kind::other, Effect::work_elsewhere},
    {" von zu hause", Kind::other, Effect::work_elsewhere},
    {" von zuhause", Kind::other, Effect::work_elsewhere},
    {"außendienst", Kind::other, Effect::work_elsewhere},
    {"aussendienst", Kind::other, Effect::work_elsewhere},
    {" offsite", Kind::other, Effect::work_elsewhere},
    {" off site ", Kind::other, Effect::work_elsewhere},
    {"auswärtstermin", Kind::other, Effect::work_elsewhere},
    {"auswärtstätigkeit", Kind::other, Effect::work_elsewhere},
    {"außentermin", Kind::other, Effect::work_elsewhere},
    {"aussentermin", Kind::other, Effect::work_elsewhere},
    {"kundentermin", Kind::other, Effect::work_elsewhere},
    {"kundenbesuch", Kind::other, Effect::work_elsewhere},
    {"geschaeftsreise", Kind::other, Effect::work_elsewhere},
    {"dienstreis", Kind::other, Effect::work_elsewhere},
    {"business travel", Kind::other, Effect::work_elsewhere},
    {"work trip", Kind::other, Effect::work_elsewhere},
    {" work from anywhere", Kind::other, Effect::work_elsewhere},
    {" work from abroad", Kind::other, Effect::work_elsewhere},
    {"client visit", Kind::other, Effect::work_elsewhere},
    {"customer visit", Kind::other, Effect::work_elsewhere},
    {"client site", Kind::other, Effect::work_elsewhere},
    {"customer site", Kind::other, Effect::work_elsewhere},
    {" field work", Kind::other, Effect::work_elsewhere},
    {" fieldwork", Kind::other, Effect::work_elsewhere},
    {" field service", Kind::other, Effect::work_elsewhere},
    {"teletravail", Kind::other, Effect::work_elsewhere},
    {" travail à distance", Kind::other, Effect::work_elsewhere},
    {" travail à domicile", Kind::other, Effect::work_elsewhere},
    {" travail mobile", Kind::other, Effect::work_elsewhere},
    {" déplacement", Kind::other, Effect::work_elsewhere},
    {" deplacement", Kind::other, Effect::work_elsewhere},
    {" voyage d affaires", Kind::other, Effect::work_elsewhere},
    {" voyage professionnel", Kind::other, Effect::work_elsewhere},
    {" mission ", Kind::other, Effect::work_elsewhere},
    {"visite client", Kind::other, Effect::work_elsewhere},
    {" remoto", Kind::other, Effect::work_elsewhere},
    {" lavoro da casa", Kind::other, Effect::work_elsewhere},
    {" lavoro a distanza", Kind::other, Effect::work_elsewhere},
    {" fuori sede", Kind::other, Effect::work_elsewhere},
    {" viaggio di lavoro", Kind::other, Effect::work_elsewhere},
    {" viaggio d affari", Kind::other, Effect::work_elsewhere},
    {" missione ", Kind::other, Effect::work_elsewhere},
    {" visita cliente", Kind::other, Effect::work_elsewhere},
    {" trabajo a distancia", Kind::other, Effect::work_elsewhere},
    {" trabajo desde casa", Kind::other, Effect::work_elsewhere},
    {" viaje de trabajo", Kind::other, Effect::work_elsewhere},
    {" viaje de empresa", Kind::other, Effect::work_elsewhere},
    {" visita a cliente", Kind::other, Effect::work_elsewhere},
    {" comisión de servicio", Kind::other, Effect::work_elsewhere},
    {"telewerk", Kind::other, Effect::work_elsewhere},
    {" op afstand", Kind::other, Effect::work_elsewhere},
    {" vanuit huis", Kind::other, Effect::work_elsewhere},
    {"buitendienst", Kind::other, Effect::work_elsewhere},
    {"klantbezoek", Kind::other, Effect::work_elsewhere},
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
    // leave whose name may also mention training: "Bildungsurlaub" is leave
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
    {"bijzonder verlof", Kind::personal},
    {"permiso", Kind::personal},
    {"freistellung", Kind::personal},
    {"permess", Kind::personal},
    {"bildungskarenz", Kind::personal},
    {"einschulung", Kind::personal},
    {" training leave", Kind::personal},
    {" congé* formation", Kind::personal},
    {" congedo formativo", Kind::personal},
    {" congedo* formazione", Kind::personal},
    {"studieverlof", Kind::personal},
    {"opleidingsverlof", Kind::personal},
    {"scholingsverlof", Kind::personal},
    {" educatief verlof", Kind::personal},
    // training and events are work
    {"fortbildung", Kind::other, Effect::work_elsewhere},
    {"weiterbildung", Kind::other, Effect::work_elsewhere},
    {"schulung", Kind::other, Effect::work_elsewhere},
    {"lehrgang", Kind::other, Effect::work_elsewhere},
    {"berufsschule", Kind::other, Effect::work_elsewhere},
    {" seminar", Kind::other, Effect::work_elsewhere},
    {" tagung", Kind::other, Effect::work_elsewhere},
    {"fachtagung", Kind::other, Effect::work_elsewhere},
    {"konferenz", Kind::other, Effect::work_elsewhere},
    {"kongress", Kind::other, Effect::work_elsewhere},
    {" messe ", Kind::other, Effect::work_elsewhere},
    {"messebesuch", Kind::other, Effect::work_elsewhere},
    {"workshop", Kind::other, Effect::work_elsewhere},
    {"betriebsausflug", Kind::other, Effect::work_elsewhere},
    {"teamevent", Kind::other, Effect::work_elsewhere},
    {" training", Kind::other, Effect::work_elsewhere},
    {" course ", Kind::other, Effect::work_elsewhere},
    {" conference", Kind::other, Effect::work_elsewhere},
    {"professional development", Kind::other, Effect::work_elsewhere},
    {"further education", Kind::other, Effect::work_elsewhere},
    {"continuing education", Kind::other, Effect::work_elsewhere},
    {" trade fair", Kind::other, Effect::work_elsewhere},
    {" team event", Kind::other, Effect::work_elsewhere},
    {" company event", Kind::other, Effect::work_elsewhere},
    {" formation", Kind::other, Effect::work_elsewhere},
    {"séminaire", Kind::other, Effect::work_elsewhere},
    {" seminaire", Kind::other, Effect::work_elsewhere},
    {" conférence", Kind::other, Effect::work_elsewhere},
    {" colloque", Kind::other, Effect::work_elsewhere},
    {" salon professionnel", Kind::other, Effect::work_elsewhere},
    {" formazione", Kind::other, Effect::work_elsewhere},
    {" corso ", Kind::other, Effect::work_elsewhere},
    {" convegno", Kind::other, Effect::work_elsewhere},
    {" conferenza", Kind::other, Effect::work_elsewhere},
    {" formación", Kind::other, Effect::work_elsewhere},
    {" formacion", Kind::other, Effect::work_elsewhere},
    {"capacitación", Kind::other, Effect::work_elsewhere},
    {" congreso", Kind::other, Effect::work_elsewhere},
    {" conferencia", Kind::other, Effect::work_elsewhere},
    {"opleiding", Kind::other, Effect::work_elsewhere},
    {"scholing", Kind::other, Effect::work_elsewhere},
    {" cursus", Kind::other, Effect::work_elsewhere},
    {" congres ", Kind::other, Effect::work_elsewhere},
    // caring for others, before "sick": "Kind krank" is not one's own illness
    {" kind*krank", Kind::personal},
    {"krank* kind", Kind::personal},
    {" angehörig*krank", Kind::personal},
    {"krank* angehörig", Kind::personal},
    {"krank* in der famil", Kind::personal},
    {"krank* familie", Kind::personal},
    {"familie*krank", Kind::personal},
    {" child* sick", Kind::personal},
    {" sick* child", Kind::personal},
    {" child* ill", Kind::personal},
    {" ill* child", Kind::personal},
    {" kid* sick", Kind::personal},
    {" sick* kid", Kind::personal},
    {" famil* sick", Kind::personal},
    {" sick famil", Kind::personal},
    {" famil* illness", Kind::personal},
    {" illness* famil", Kind::personal},
    {" sick relative", Kind::personal},
    {" enfant* malad", Kind::personal},
    {" malad* enfant", Kind::personal},
    {" garde d enfant", Kind::personal},
    {" figli* malat", Kind::personal},
    {" malat* figli", Kind::personal},
    {" bambin* malat", Kind::personal},
    {" malat* bambin", Kind::personal},
    {" hij* enferm", Kind::personal},
    {" enferm* hij", Kind::personal},
    {" niñ* enferm", Kind::personal},
    {" enferm* niñ", Kind::personal},
    {" famil* enferm", Kind::personal},
    {" enferm* famil", Kind::personal},
    {" kind* ziek", Kind::personal},
    {" ziek* kind", Kind::personal},
    {"zorgverlof", Kind::personal},
    {"kinderbetreuung", Kind::personal},
    {"pflege", Kind::personal},
    {" carer", Kind::personal},
    // leave for a specific reason, before "vacation"
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
    {"personal", Kind::personal},
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
  for (char character : kit::lowered(name)) {
    const auto byte = static_cast<unsigned char>(character);
    if (after_latin_lead && byte >= 0x80 && byte <= 0x9E && byte != 0x97)
      character = static_cast<char>(byte + 0x20);
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

// Whether the parts of the pattern follow one another in the words.
bool matches(std::string_view words, std::string_view pattern) {
  while (true) {
    const std::size_t star = pattern.find('*');
    const std::string_view part = pattern.substr(0, star);
    const std::size_t place = words.find(part);
    if (place == std::string_view::npos) return false;
    if (star == std::string_view::npos) return true;
    words.remove_prefix(place + part.size());
    pattern.remove_prefix(star + 1);
  }
}

}  // namespace

std::optional<Classification> classifyByName(std::string_view name) {
  const std::string words = foldedWords(name);
  for (const KindRule &rule : kNames)
    if (matches(words, rule.pattern)) return Classification{rule.kind, rule.effect, true};
  return std::nullopt;
}

}  // namespace roots::personio
