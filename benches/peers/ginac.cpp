// GiNaC as a worker: reads `family case size` a line, answers one JSON object a line, as `bartlett-bench` does.
//
//     g++ -O2 -o ginac ginac.cpp -lginac -lcln
//     ginac DENSITIES.tsv            requests on standard input
//     ginac DENSITIES.tsv all        every density once, then the end: the whole process
// All times are of the processor.
#include <ginac/ginac.h>

#include <ctime>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

using GiNaC::ex;
using GiNaC::matrix;
using GiNaC::symbol;
using std::string;

namespace {

struct Unknown : std::runtime_error {
    using std::runtime_error::runtime_error;
};

double processor() {
    timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return now.tv_sec + 1e-9 * now.tv_nsec;
}

double mean_of(double at_least, const std::function<void()>& work) {
    double begin = processor(), gone = 0;
    for (double runs = 1;; ++runs) {
        work();
        gone = processor() - begin;
        if (gone >= at_least) return gone / runs;
    }
}

double peak() {
    std::ifstream status("/proc/self/status");
    for (string line; getline(status, line);)
        if (line.compare(0, 6, "VmHWM:") == 0) return atof(line.c_str() + 6) / 1024;
    return 0;
}

std::vector<string> split(const string& text, char at) {
    std::vector<string> parts;
    std::istringstream stream(text);
    for (string part; getline(stream, part, at);) parts.push_back(part);
    return parts;
}

// Score and the Hessian's lower triangle.
std::vector<ex> derivatives(const ex& f, const std::vector<symbol>& parameters) {
    std::vector<ex> found;
    for (const symbol& p : parameters) found.push_back(f.diff(p));
    for (size_t i = 0; i < parameters.size(); ++i)
        for (size_t j = 0; j <= i; ++j) found.push_back(ex(found[i]).diff(parameters[j]));
    return found;
}

// B1: read, differentiate twice.
struct LogDensity {
    string text;
    std::vector<string> parameters, symbols;
};

std::map<string, LogDensity> read_densities(const char* path) {
    std::map<string, LogDensity> rows;
    std::ifstream file(path);
    for (string line; getline(file, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::vector<string> fields = split(line, '\t');
        LogDensity row{fields[1], split(fields[2], ' '), {}};
        for (const string& pair : split(fields[3], ' ')) row.symbols.push_back(pair.substr(0, pair.find('=')));
        rows[fields[0]] = row;
    }
    return rows;
}

std::vector<ex> of_density(const LogDensity& row) {
    GiNaC::symtab names;
    for (const string& name : row.symbols) names[name] = symbol(name);
    names["pi"] = GiNaC::Pi;
    GiNaC::parser reader(names, true);
    ex f = reader(row.text);
    std::vector<symbol> parameters;
    for (const string& name : row.parameters) parameters.push_back(GiNaC::ex_to<symbol>(names[name]));
    return derivatives(f, parameters);
}

// B2: likelihoods that grow.
ex minor_of(const std::vector<std::vector<symbol>>& a, size_t row, const std::vector<size_t>& columns, std::map<std::vector<size_t>, ex>& known) {
    if (columns.empty()) return 1;
    auto found = known.find(columns);
    if (found != known.end()) return found->second;
    ex value = 0;
    for (size_t at = 0; at < columns.size(); ++at) {
        std::vector<size_t> others = columns;
        others.erase(others.begin() + at);
        ex term = a[row][columns[at]] * minor_of(a, row + 1, others, known);
        value = at % 2 ? value - term : value + term;
    }
    return known[columns] = value;
}

std::vector<std::vector<symbol>> symmetric(size_t n, std::vector<symbol>& entries) {
    std::vector<std::vector<symbol>> a(n, std::vector<symbol>(n));
    for (size_t i = 0; i < n; ++i)
        for (size_t j = 0; j <= i; ++j) {
            symbol v("v" + std::to_string(i) + "_" + std::to_string(j));
            a[i][j] = a[j][i] = v;
            entries.push_back(v);
        }
    return a;
}

double growth(const string& which, size_t n) {
    double begin = processor();
    std::vector<symbol> parameters;
    ex f;
    if (which == "nest") {
        symbol x("x"), a("a");
        f = x;
        for (size_t k = 0; k < n; ++k) f = sin(f) * a + f;
        parameters = {x};
    } else if (which == "mixtures") {
        symbol x("x");
        GiNaC::exvector terms;
        for (size_t k = 0; k < n; ++k) {
            std::vector<symbol> q;
            for (const char* name : {"w", "m", "s", "n", "t"}) q.push_back(symbol(name + std::to_string(k)));
            terms.push_back(log(q[0] * exp(-pow((x - q[1]) / q[2], 2) / 2) / q[2] + (1 - q[0]) * exp(-pow((x - q[3]) / q[4], 2) / 2) / q[4]));
            parameters.insert(parameters.end(), q.begin(), q.end());
        }
        f = GiNaC::add(terms);
    } else if (which == "determinant") {
        auto a = symmetric(n, parameters);
        std::vector<size_t> columns;
        for (size_t k = 0; k < n; ++k) columns.push_back(k);
        std::map<std::vector<size_t>, ex> known;
        f = log(minor_of(a, 0, columns, known));
    } else {
        throw Unknown(which);
    }
    std::vector<ex> found = derivatives(f, parameters);
    return processor() - begin;
}

// B3: polynomials, fractions, inverses.
double algebra(const string& which, int n) {
    symbol x("x"), y("y"), z("z"), s("s"), r("r");
    if (which == "expand" || which == "expand-tree")
        return mean_of(0.02, [&] {
            ex e = pow(x + y + z + 1, n);
            ex found = (e * (e + 1)).expand();
        });
    if (which == "gcd") {
        ex g = pow(x + 2 * y - z + 3, n);
        ex a = (g * pow(x * y + z + 1, n)).expand(), b = (g * pow(x - y * z + 2, n)).expand();
        return mean_of(0.02, [&] { ex found = gcd(a, b); });
    }
    if (which == "cancel" || which == "cancel-tree")
        return mean_of(0.02, [&] {
            ex sum = 0;
            for (int k = 1; k <= n; ++k) sum += x / (y + k * z) + z * z / (x + k * y);
            ex found = sum.normal();
        });
    matrix a(n, n);
    std::vector<symbol> entries;
    auto v = symmetric(n, entries);
    for (int i = 0; i < n; ++i)
        for (int j = 0; j < n; ++j) {
            if (which == "inverse") a(i, j) = v[i][j];
            else if (which == "inverse-ar1") a(i, j) = s * s * pow(r, std::abs(i - j)) / (1 - r * r);
            else if (which == "inverse-cs") a(i, j) = i == j ? ex(s * s) : ex(r * s * s);
            else throw Unknown(which);
        }
    double begin = processor();
    matrix found = a.inverse();
    for (int i = 0; i < n; ++i)
        for (int j = 0; j <= i; ++j) found(i, j) = found(i, j).normal();
    return processor() - begin;
}

double answer(const std::map<string, LogDensity>& densities, const string& line) {
    std::istringstream words(line);
    string family, which;
    int size = 0;
    words >> family >> which >> size;
    if (family == "densities") {
        const LogDensity& row = densities.at(which);
        return mean_of(0.005, [&] { of_density(row); });
    }
    if (family == "growth") return growth(which, size);
    if (family == "algebra") return algebra(which, size);
    throw Unknown(family);
}

}  // namespace

int main(int count, char** arguments) {
    if (count < 2) return 2;
    auto densities = read_densities(arguments[1]);
    if (count > 2) {
        int done = 0;
        for (const auto& [name, row] : densities) {
            try {
                of_density(row);
                ++done;
            } catch (const std::exception&) {
                // a function that it does not have
            }
        }
        std::cout << done << std::endl;
        return 0;
    }
    for (string line; getline(std::cin, line);) {
        std::ofstream("/proc/self/clear_refs") << "5";
        try {
            double t = answer(densities, line);
            std::cout << "{\"t\": " << t << ", \"peak\": " << peak() << "}" << std::endl;
        } catch (const std::exception&) {
            std::cout << "{\"fail\": \"cannot\", \"peak\": " << peak() << "}" << std::endl;
        }
    }
}
