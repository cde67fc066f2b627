using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace Hub.Privacy;

/// <summary>The canonical form of a table: UTF-8 JSON without white space, properties in one order, numbers with decimals as strings.</summary>
internal static class TableWriter
{
    public static byte[] Write(ProtectedTable table)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("format", TableWords.Format);
            json.WriteString("instrument", table.Instrument);
            json.WriteString("period", table.Period);
            json.WriteNumber("edition", table.Edition);
            json.WriteString("plan", table.Plan);
            json.WriteNumber("planVersion", table.PlanVersion);
            json.WriteString("policy", table.Policy);
            json.WriteNumber("policyVersion", table.PolicyVersion);
            WriteArray(json, "indicators", table.Indicators, WriteIndicator);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteIndicator(Utf8JsonWriter json, ProtectedIndicator indicator)
    {
        json.WriteStartObject();
        json.WriteString("code", indicator.Code);
        json.WriteString("lower", Text(indicator.Lower));
        json.WriteString("upper", Text(indicator.Upper));
        json.WriteString("width", Text(indicator.Width));
        json.WriteString("kind", TableWords.Kinds[indicator.Kind]);
        json.WriteString("partition", indicator.Partition);
        WriteArray(json, "statistics", indicator.Statistics, WritePlanned);
        json.WriteString("step", TableWords.Steps[indicator.Step]);
        WriteArray(json, "cells", indicator.Cells, WriteCell);
        json.WriteEndObject();
    }

    private static void WritePlanned(Utf8JsonWriter json, PlannedStatistic planned)
    {
        json.WriteStartObject();
        json.WriteString("family", TableWords.Families[planned.Family]);
        json.WriteString("ofAll", TableWords.Audiences[planned.OfAll]);
        json.WriteString("ofCells", TableWords.Audiences[planned.OfCells]);
        json.WriteEndObject();
    }

    private static void WriteCell(Utf8JsonWriter json, ProtectedCell cell)
    {
        json.WriteStartObject();
        json.WriteString("group", cell.Group);
        WriteArray(json, "joined", cell.Joined, static (json, group) => json.WriteStringValue(group));
        json.WriteString("band", cell.Band?.ToString());
        WriteArray(json, "figures", cell.Figures, WriteFigure);
        WriteArray(json, "withheld", cell.Withheld, WriteWithheld);
        json.WriteEndObject();
    }

    private static void WriteFigure(Utf8JsonWriter json, ProtectedFigure figure)
    {
        json.WriteStartObject();
        json.WriteString("statistic", TableWords.Statistics[figure.Statistic]);
        json.WriteString("value", Text(figure.Value));
        json.WriteString("roundedTo", Text(figure.RoundedTo));
        json.WriteEndObject();
    }

    private static void WriteWithheld(Utf8JsonWriter json, WithheldStatistic withheld)
    {
        json.WriteStartObject();
        json.WriteString("statistic", TableWords.Statistics[withheld.Statistic]);
        json.WriteString("rule", TableWords.Rules[withheld.Rule]);
        json.WriteEndObject();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
        {
            write(json, item);
        }

        json.WriteEndArray();
    }

    private static string Text(decimal value) => value.ToString(CultureInfo.InvariantCulture);
}
