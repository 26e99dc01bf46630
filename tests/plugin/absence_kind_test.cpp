#include "absences/absence_kind.h"
#include "support/catch.h"

#include <string>

using roots::Effect;
using roots::Kind;
using roots::personio::AbsenceType;
using roots::personio::classify;

namespace {

struct Case {
  const char *category;  // nullptr: none
  const char *name;
  Kind kind;
  Effect effect = Effect::time_off;
};

void check(const Case &wanted) {
  AbsenceType type{wanted.name, std::nullopt};
  if (wanted.category != nullptr) type.category = wanted.category;
  CAPTURE(type.name, type.category.value_or("(none)"));
  CHECK(classify(type).kind == wanted.kind);
  CHECK(classify(type).effect == wanted.effect);
  CHECK(classify(type).is_known);
}

}  // namespace

TEST_CASE("every documented category has a kind", "[absence_kind]") {
  for (const Case &wanted : {
           Case{"paid_vacation", "", Kind::vacation},
           Case{"sick_leave", "", Kind::sick},
           Case{"unpaid_vacation", "", Kind::personal},
           Case{"family_care", "", Kind::personal},
           Case{"child_care", "", Kind::personal},
           Case{"maternity_parental_leave", "", Kind::personal},
           Case{"public_duty", "", Kind::personal},
           Case{"public_duties", "", Kind::personal},
           Case{"quarantine", "", Kind::other},
           Case{"irrevocable_exemption", "", Kind::other},
           Case{"short_time_allowance", "", Kind::other},
           Case{"strike_and_lockout", "", Kind::other},
           Case{"strike_lockout", "", Kind::other},
           Case{"unpaid_suspension", "", Kind::other},
           Case{"unexcused_absence", "", Kind::other},
           Case{"offsite_work", "", Kind::other, Effect::work_elsewhere},
       }) {
    check(wanted);
  }
}

TEST_CASE("a category is recognised in upper case too", "[absence_kind]") {
  check({"PAID_VACATION", "", Kind::vacation});
  check({"Sick_Leave", "", Kind::sick});
}

TEST_CASE("the category comes before the name", "[absence_kind]") {
  check({"sick_leave", "Urlaub", Kind::sick});
  check({"paid_vacation", "Home Office", Kind::vacation});
  check({"offsite_work", "Urlaub im Ausland", Kind::other, Effect::work_elsewhere});
}

TEST_CASE(
    "defect 19: home office and business trips keep the target, overtime compensation is a separate class",
    "[absence_kind]") {
  check({"offsite_work", "Home Office", Kind::other, Effect::work_elsewhere});
  check({"other", "Home-Office", Kind::other, Effect::work_elsewhere});
  check({nullptr, "HomeOffice", Kind::other, Effect::work_elsewhere});
  check({nullptr, "Mobiles Arbeiten", Kind::other, Effect::work_elsewhere});
  check({nullptr, "Dienstreise", Kind::other, Effect::work_elsewhere});
  check({"other", "Business trip", Kind::other, Effect::work_elsewhere});
  check({nullptr, "TÉLÉTRAVAIL", Kind::other, Effect::work_elsewhere});
  check({"other", "Überstundenausgleich", Kind::other, Effect::compensation});
  check({"other", "ÜBERSTUNDEN", Kind::other, Effect::compensation});
  check({nullptr, "Time off in lieu", Kind::other, Effect::compensation});
  check({nullptr, "RTT", Kind::other, Effect::compensation});
  check({nullptr, "Récupération", Kind::other, Effect::compensation});
}

TEST_CASE("defect 36: names that merely contain \"urlaub\" or \"sick\" are not taken for vacation or illness",
          "[absence_kind]") {
  check({"other", "Sonderurlaub", Kind::personal});
  check({nullptr, "Unbezahlter Urlaub", Kind::personal});
  check({nullptr, "Unpaid vacation", Kind::personal});
  check({"undefined", "Bildungsurlaub", Kind::personal});
  check({nullptr, "Kind krank", Kind::personal});
  check({nullptr, "Child sick", Kind::personal});
  check({nullptr, "Elternzeit", Kind::personal});
  check({nullptr, "Annual leave", Kind::vacation});
  check({nullptr, "PTO", Kind::vacation});
  check({nullptr, "Congés payés", Kind::vacation});
}

TEST_CASE("names are understood in six languages", "[absence_kind]") {
  check({"custom_absence", "Jahresurlaub", Kind::vacation});
  check({nullptr, "Holiday", Kind::vacation});
  check({nullptr, "Ferie", Kind::vacation});
  check({nullptr, "Vacaciones", Kind::vacation});
  check({nullptr, "Vakantie", Kind::vacation});
  check({nullptr, "Krankheit", Kind::sick});
  check({nullptr, "Sick leave", Kind::sick});
  check({nullptr, "Congé maladie", Kind::sick});
  check({nullptr, "Malattia", Kind::sick});
  check({nullptr, "Baja médica", Kind::sick});
  check({nullptr, "Ziekte", Kind::sick});
  check({nullptr, "Enfant malade", Kind::personal});
  check({nullptr, "Ziek kind", Kind::personal});
  check({nullptr, "Feiertag", Kind::public_holiday});
  check({nullptr, "Public holiday", Kind::public_holiday});
  check({nullptr, "Jour férié", Kind::public_holiday});
}

TEST_CASE("the illness of a child or relative is personal time off, in six languages", "[absence_kind]") {
  for (const char *name : {"Krankheit Kind",
                           "Erkrankung des Kindes",
                           "Kind krank",
                           "Kind erkrankt",
                           "Kinder-Krankentage",
                           "Kinderkrankengeld",
                           "Krank (Kind)",
                           "Erkrankung eines Kindes",
                           "Krankheit der Kinder",
                           "Pflege eines erkrankten Kindes",
                           "Krankheit Angehörige",
                           "Krankheit in der Familie",
                           "Sick child",
                           "Child sick leave",
                           "Child illness",
                           "Sickness of a child",
                           "Sick leave (children)",
                           "Family illness",
                           "Illness of a family member",
                           "Enfant malade",
                           "Enfants malades",
                           "Maladie d'un enfant",
                           "Congé maladie enfant",
                           "Garde d'enfant",
                           "Malattia figlio",
                           "Malattia del bambino",
                           "Figlio malato",
                           "Hijo enfermo",
                           "Enfermedad de un hijo",
                           "Enfermedad de un familiar",
                           "Hija enferma",
                           "Ziek kind",
                           "Ziekte kind",
                           "Kind ziek",
                           "Zieke kinderen",
                           "Zorgverlof"}) {
    check({nullptr, name, Kind::personal});
  }
}

TEST_CASE("one's own illness stays sick leave despite the rules about children", "[absence_kind]") {
  for (const char *name : {"Krankheit",
                           "Krank",
                           "Erkrankung",
                           "Krankheit ohne Attest",
                           "Krank mit AU",
                           "Arbeitsunfähigkeit",
                           "Langzeiterkrankung",
                           "Sick leave",
                           "Sickness",
                           "Illness",
                           "Sick leave of any kind",
                           "Maladie",
                           "Arrêt maladie",
                           "Malattia",
                           "Malattia professionale",
                           "Enfermedad",
                           "Enfermedad común",
                           "Baja por enfermedad",
                           "Ziekte",
                           "Ziek",
                           "Ziekmelding"}) {
    check({nullptr, name, Kind::sick});
  }
}

TEST_CASE("work at another place and training keep the target, in six languages", "[absence_kind]") {
  for (const char *name : {"Fortbildung",
                           "Weiterbildung",
                           "Interne Schulung",
                           "Sicherheitsschulung",
                           "Lehrgang",
                           "Seminar",
                           "Konferenz",
                           "Messe",
                           "Messebesuch",
                           "Berufsschule",
                           "Außendienst",
                           "AUßENDIENST",
                           "Aussendienst",
                           "Kundentermin",
                           "Mobile Office",
                           "Mobile-Office",
                           "Mobiles Büro",
                           "Arbeiten von zu Hause",
                           "Arbeit von zuhause",
                           "Heimarbeit",
                           "Offsite",
                           "Off-Site",
                           "Team-Offsite",
                           "Dienstreise",
                           "Dienstreise (Ausland)",
                           "Geschäftsreise",
                           "Fortbildung Pflege",
                           "Personalschulung",
                           "Training",
                           "Conference",
                           "Training course",
                           "Professional development",
                           "Business travel",
                           "Client visit",
                           "Work from abroad",
                           "Field service",
                           "Télétravail",
                           "TELETRAVAIL",
                           "Formation",
                           "Formation professionnelle",
                           "Séminaire",
                           "Déplacement",
                           "Voyage d'affaires",
                           "Travail à distance",
                           "Mission",
                           "Lavoro da remoto",
                           "Lavoro da casa",
                           "Formazione",
                           "Corso di aggiornamento",
                           "Convegno",
                           "Viaggio di lavoro",
                           "Fuori sede",
                           "Trabajo remoto",
                           "Trabajo a distancia",
                           "Formación",
                           "Curso de formación",
                           "Congreso",
                           "Viaje de trabajo",
                           "Opleiding",
                           "Bijscholing",
                           "Cursus",
                           "Congres",
                           "Dienstreis",
                           "Buitendienst",
                           "Telewerken",
                           "Werken op afstand"}) {
    check({nullptr, name, Kind::other, Effect::work_elsewhere});
  }
}

TEST_CASE("leave for training, and time off for travelling, are not work elsewhere", "[absence_kind]") {
  for (const char *name : {"Bildungsurlaub",
                           "Fortbildungsurlaub",
                           "Weiterbildungsurlaub",
                           "Bildungszeit",
                           "Bildungskarenz",
                           "Sonderurlaub Fortbildung",
                           "Unbezahlte Weiterbildung",
                           "Freistellung für Fortbildung",
                           "Einschulung",
                           "Study leave",
                           "Training leave",
                           "Educational leave",
                           "Congé de formation",
                           "Congé individuel de formation",
                           "Permesso per formazione",
                           "Congedo formativo",
                           "Permiso de formación",
                           "Permiso por estudios",
                           "Opleidingsverlof",
                           "Studieverlof"}) {
    check({nullptr, name, Kind::personal});
  }
  check({nullptr, "Ausgleich für Dienstreise", Kind::other, Effect::compensation});
  check({nullptr, "Dienstreise-Ausgleich", Kind::other, Effect::compensation});
  check({nullptr, "Reisezeitausgleich", Kind::other, Effect::compensation});
}

TEST_CASE("a word inside another word is not taken for training or work elsewhere", "[absence_kind]") {
  for (const char *name : {"Information", "Informazione", "Información", "Commission", "Démission",
                           "Vertagung", "Kinderwunsch", "Discourse"}) {
    CAPTURE(name);
    CHECK(classify({name, std::nullopt}).effect != Effect::work_elsewhere);
    CHECK_FALSE(classify({name, std::nullopt}).is_known);
  }
}

TEST_CASE("short names count as whole words only", "[absence_kind]") {
  CHECK_FALSE(classify({"Laptop-Option", std::nullopt}).is_known);
  CHECK_FALSE(classify({"Toilette", std::nullopt}).is_known);
}

TEST_CASE("a type outside both tables counts as time off and is marked as unknown", "[absence_kind]") {
  for (const auto &category :
       {std::optional<std::string>(), std::optional<std::string>("other"),
        std::optional<std::string>("undefined"), std::optional<std::string>("new_word")}) {
    const auto classification = classify({"Sternzeit", category});
    CHECK(classification.kind == Kind::other);
    CHECK(classification.effect == Effect::time_off);
    CHECK_FALSE(classification.is_known);
  }
}
