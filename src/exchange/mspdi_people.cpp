// Resources as roles, and who works on what, in a Microsoft Project XML file.
#include <algorithm>

#include "core/rules.hpp"
#include "exchange/mspdi_parts.hpp"

namespace entente::exchange {

namespace {

struct Person {
    RoleId role;
    std::int64_t calendar_uid = -1;
    bool works = false;  // a work resource; material and cost have no hours
};

class PeopleReader {
public:
    PeopleReader(MspdiReading& reading) : reading_(reading), xml_(reading.xml) {
        for (const house::Role& role : reading.house.roles) by_name_.emplace(fold(trim(role.name)), role.id);
    }

    void read(pugi::xml_node root) {
        for (const pugi::xml_node node : xml_.children(xml_.child(root, "Resources"), "Resource"))
            read_resource(node);
        for (const pugi::xml_node node : xml_.children(xml_.child(root, "Assignments"), "Assignment"))
            read_assignment(node);
        if (materials_ > 0)
            reading_.problems.note(
                0, msgn("{n} assignment of material or cost is left out: a plan keeps work.",
                        "{n} assignments of material or cost are left out: a plan keeps work.", materials_));
        if (rates_ > 0)
            reading_.problems.note(0, msg("The rates of the file are taken as cost and as charge; set what "
                                          "is charged on the rate card."));
    }

private:
    void read_resource(pugi::xml_node node) {
        const auto uid = xml_.number(node, "UID");
        std::string name = clean_utf8(truncate_utf8(xml_.text(node, "Name"), kMaxName));
        std::replace(name.begin(), name.end(), '\n', ' ');
        if (!uid || xml_.flag(node, "IsNull") || trim(name).empty()) return;
        Person person;
        person.works = xml_.number(node, "Type").value_or(1) == 1;
        person.calendar_uid = xml_.number(node, "CalendarUID").value_or(-1);
        if (person.works) person.role = role_for(node, std::string(trim(name)));
        people_.emplace(*uid, person);
    }

    // By name from the rate card, else a new one. Rates are per hour whatever unit they are shown in.
    RoleId role_for(pugi::xml_node node, const std::string& name) {
        const auto [found, fresh] = by_name_.emplace(fold(name), RoleId{});
        if (!fresh) return found->second;
        if (reading_.house.roles.size() + reading_.out.new_roles.size() >= kMaxRoles) {
            reading_.problems.error(xml_.line(node), msg("The rate card is full; “{0}” is left out.", name));
            return {};
        }
        found->second = RoleId{reading_.next_id()};
        house::Role role;
        role.id = found->second;
        role.name = name;
        const std::string_view rate = xml_.text(node, "StandardRate");
        const auto minor = parse_scaled(rate, minor_digits(reading_.project().currency));
        if (minor && *minor >= 0 && *minor <= kMaxMinor) {
            role.cost_per_hour_minor = role.charge_per_hour_minor = *minor;
            if (*minor > 0 && !reading_.own) ++rates_;
        } else if (!rate.empty()) {
            reading_.problems.error(xml_.line(node),
                                    msg("The rate {0} of “{1}” cannot be read.", quoted_piece(rate), name));
        }
        if (const auto charge = reading_.own ? reading_.own->charge_of(node) : std::nullopt) {
            const auto charged = parse_scaled(*charge, minor_digits(reading_.project().currency));
            if (charged && *charged >= 0 && *charged <= kMaxMinor) role.charge_per_hour_minor = *charged;
        }
        reading_.out.new_roles.push_back(std::move(role));
        return found->second;
    }

    void read_assignment(pugi::xml_node node) {
        const auto task_uid = xml_.number(node, "TaskUID"), resource_uid = xml_.number(node, "ResourceUID");
        const auto task = task_uid ? reading_.task_of_uid.find(*task_uid) : reading_.task_of_uid.end();
        if (!resource_uid || *resource_uid < 0)
            return;  // "nobody yet", which Microsoft Project writes as an assignment
        const auto person = people_.find(*resource_uid);
        if (task == reading_.task_of_uid.end() || person == people_.end()) {
            if (task_uid != 0)
                reading_.problems.error(
                    xml_.line(node), msg("An assignment names a task or a person that is not in the file."));
            return;
        }
        if (!person->second.works) {
            ++materials_;
            return;
        }
        plan::Task& target = reading_.project().tasks[task->second];
        const std::int64_t units = parse_scaled(xml_.text(node, "Units"), 3).value_or(1000);
        if (units <= 0 || units > 1'000'000) {
            if (units != 0)
                reading_.problems.error(
                    xml_.line(node),
                    msg("An assignment to “{0}” has units that cannot be used.", target.name));
            return;
        }
        if (target.kind == plan::TaskKind::Summary) {
            reading_.problems.note(xml_.line(node),
                                   msg("An assignment to the summary “{0}” is left out.", target.name));
            return;
        }
        reading_.tasks[task->second].people.push_back(person->second.calendar_uid);
        if (!person->second.role) return;
        plan::Assignment assignment;
        assignment.role = person->second.role;
        assignment.units_permille = static_cast<std::int32_t>(units);
        assignment.work_minutes = read_minutes(reading_, node, "Work");
        target.assignments.push_back(assignment);
    }

    MspdiReading& reading_;
    const XmlFile& xml_;
    std::unordered_map<std::string, RoleId> by_name_;
    std::unordered_map<std::int64_t, Person> people_;
    std::int64_t materials_ = 0, rates_ = 0;
};

}  // namespace

void read_people(MspdiReading& reading, pugi::xml_node root) { PeopleReader(reading).read(root); }

}  // namespace entente::exchange
