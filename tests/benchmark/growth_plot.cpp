#include "benchmark/growth_plot.h"

#include "benchmark/table.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <sstream>

namespace roots::benchmarks {
namespace {

constexpr double kWidth = 230;  // the total width of a panel
constexpr double kHeight = 200;
constexpr double kLeft = 52;
constexpr double kRight = 16;
constexpr double kTop = 40;
constexpr double kBottom = 36;

struct Point {
  double count = 0;
  double figure = 0;
};

std::vector<Point> pointsOf(const Curve &curve, const Figures &figures) {
  std::vector<Point> points;
  for (const auto &[count, name] : curve.points) {
    const auto found = figures.find(name);
    if (found == figures.end()) continue;
    points.push_back({count, std::max(spreadOf(found->second).median, 1e-9)});
  }
  return points;
}

// A logarithmic axis between two powers of ten.
class Axis {
 public:
  Axis(double least, double most, double from, double to)
      : first_(static_cast<int>(std::floor(std::log10(least) + 1e-9))),
        last_(std::max(static_cast<int>(std::ceil(std::log10(most) - 1e-9)), first_ + 1)),
        from_(from),
        to_(to) {}

  [[nodiscard]] double at(double value) const {
    return from_ + (to_ - from_) * (std::log10(value) - first_) / (last_ - first_);
  }
  [[nodiscard]] double most() const { return std::pow(10.0, last_); }
  [[nodiscard]] std::vector<double> marks() const {
    std::vector<double> marks;
    for (int power = first_; power <= last_; ++power) marks.push_back(std::pow(10.0, power));
    return marks;
  }

 private:
  int first_;
  int last_;
  double from_;
  double to_;
};

std::string escaped(const std::string &text) {
  std::string result;
  for (const char character : text)
    if (character == '&')
      result += "&amp;";
    else if (character == '<')
      result += "&lt;";
    else
      result += character;
  return result;
}

// 100000 -> "100k"
std::string countText(double count) {
  std::ostringstream text;
  if (count >= 1e6)
    text << count / 1e6 << "M";
  else if (count >= 1e3)
    text << count / 1e3 << "k";
  else
    text << count;
  return text.str();
}

// Powers of ten: "1 ms", "10 kB".
std::string markText(double value, Unit unit) {
  std::ostringstream text;
  if (unit == Unit::bytes)
    text << (value >= 1e6 ? value / 1e6 : value / 1e3) << (value >= 1e6 ? " MB" : " kB");
  else if (value >= 0.9999)
    text << value << " s";
  else
    text << (value >= 0.9999e-3 ? value * 1e3 : value * 1e6) << (value >= 0.9999e-3 ? " ms" : " µs");
  return text.str();
}

void writeText(std::ostream &out, double x, double y, const char *anchor, const std::string &text,
               const char *kind = "") {
  out << "<text x='" << x << "' y='" << y << "' text-anchor='" << anchor << "'" << kind << ">"
      << escaped(text) << "</text>\n";
}

struct Axes {
  Axis across;
  Axis up;
};

Axes axesFor(const std::vector<Point> &points) {
  double least = std::numeric_limits<double>::max();
  double most = 0;
  for (const Point &point : points) {
    least = std::min(least, point.figure);
    most = std::max(most, point.figure);
  }
  return {Axis(points.front().count, points.back().count, kLeft, kWidth - kRight),
          Axis(least, most, kHeight - kBottom, kTop)};
}

const char *wordFor(Unit unit) { return unit == Unit::bytes ? "memory" : "time"; }

void writeGround(std::ostream &out, const Curve &curve, const Axes &axes) {
  writeText(out, kLeft, 14, "start", curve.title, " class='title'");
  writeText(out, kLeft, 29, "start", wordFor(curve.unit));
  for (const double mark : axes.up.marks()) {
    out << "<line class='grid' x1='" << kLeft << "' x2='" << kWidth - kRight << "' y1='" << axes.up.at(mark)
        << "' y2='" << axes.up.at(mark) << "'/>\n";
    writeText(out, kLeft - 5, axes.up.at(mark) + 3.5, "end", markText(mark, curve.unit));
  }
  for (const double mark : axes.across.marks())
    writeText(out, axes.across.at(mark), kHeight - kBottom + 17, "middle", countText(mark));
  writeText(out, (kLeft + kWidth - kRight) / 2, kHeight - 3, "middle", curve.of);
}

void writeLine(std::ostream &out, const char *kind, const std::vector<Point> &points, const Axes &axes) {
  out << "<polyline class='" << kind << "' points='";
  for (const Point &point : points)
    out << axes.across.at(point.count) << "," << axes.up.at(point.figure) << " ";
  out << "'/>\n";
}

// Proportional growth, from the first point to the edge of the panel.
std::vector<Point> linearFrom(const std::vector<Point> &points, const Axes &axes) {
  const Point first = points.front();
  const double growth = std::min(points.back().count / first.count, axes.up.most() / first.figure);
  return {first, {first.count * growth, first.figure * growth}};
}

void writePanel(std::ostream &out, const Curve &curve, const std::vector<Point> &points) {
  const Axes axes = axesFor(points);
  writeGround(out, curve, axes);
  writeLine(out, "linear", linearFrom(points, axes), axes);
  writeLine(out, wordFor(curve.unit), points, axes);
  for (const Point &point : points) {
    out << "<circle class='" << wordFor(curve.unit) << "' r='3' cx='" << axes.across.at(point.count)
        << "' cy='" << axes.up.at(point.figure) << "'><title>" << point.count << " " << escaped(curve.of)
        << ": " << quantity(point.figure, curve.unit) << "</title></circle>\n";
  }
}

// Colors that are readable on white and on black.
constexpr const char *kStyle =
    "text{font:11px sans-serif;fill:#57606a}.title{font-weight:bold}"
    ".grid{stroke:#8c959f;stroke-opacity:.3}polyline{fill:none;stroke-width:2}"
    "polyline.linear{stroke:#8c959f;stroke-width:1;stroke-dasharray:2 4}"
    "polyline.time{stroke:#2f81f7}circle.time{fill:#2f81f7}"
    "polyline.memory{stroke:#d4762c}circle.memory{fill:#d4762c}"
    "@media (prefers-color-scheme:dark){text{fill:#9da7b1}}";

}  // namespace

std::string growthPlot(const Plan &plan, const Figures &figures) {
  std::ostringstream panels;
  int in_row[2] = {0, 0};
  for (const Curve &curve : plan.curves) {
    const std::vector<Point> points = pointsOf(curve, figures);
    if (points.size() < 2) continue;
    const int line = curve.unit == Unit::bytes ? 1 : 0;
    panels << "<g transform='translate(" << kWidth * in_row[line]++ << " " << (kHeight + 12) * line
           << ")'>\n";
    writePanel(panels, curve, points);
    panels << "</g>\n";
  }
  const double width = kWidth * std::max(in_row[0], in_row[1]);
  std::ostringstream picture;
  picture << "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 " << width << " " << 2 * kHeight + 12
          << "' role='img' aria-label='Time and memory against absences, entries, days and employees'>\n"
          << "<style>" << kStyle << "</style>\n"
          << panels.str() << "</svg>\n";
  return picture.str();
}

}  // namespace roots::benchmarks
