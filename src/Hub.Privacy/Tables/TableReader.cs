using System.Globalization;
using System.Text.Json;

namespace Hub.Privacy;

/// <summary>
/// Reads canonical bytes, strictly: what is read is written again and must be the same bytes, so no second form of a table exists;
/// then <see cref="TableRules"/> refuses what no table can hold. Messages name the place, never a value.
/// </summary>
internal static class TableReader
{
    public static ProtectedTable Read(ReadOnlyMemory<byte> bytes)
    {
        var table = Parse(bytes);
        if (!TableWriter.Write(table).AsSpan().SequenceEqual(bytes.Span))
        {
            throw new FormatException("The bytes of the table are not canonical.");
        }

        TableRules.Check(table);
        return table;
    }

    private static ProtectedTable Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length > Limits.TableBytesMax)
        {
            throw new FormatException("The table is longer than its limit.");
        }

        try
        {
            using var document = JsonDocument.Parse(bytes, new JsonDocumentOptions { MaxDepth = 8 });
            return ReadTable(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or OverflowException)
        {
            // The inner exception may quote the text, and with it a figure: it is dropped on purpose.
            throw new FormatException("The bytes are not a table.");
        }
    }

    private static ProtectedTable ReadTable(JsonElement json) => Text(json, "format") == TableWords.Format
        ? new()
        {
            Instrument = Text(json, "instrument"),
            Period = Text(json, "period"),
            Edition = json.GetProperty("edition").GetInt32(),
            Plan = Text(json, "plan"),
            PlanVersion = json.GetProperty("planVersion").GetInt32(),
            Policy = Text(json, "policy"),
            PolicyVersion = json.GetProperty("policyVersion").GetInt32(),
            Indicators = List(json, "indicators", ReadIndicator),
        }
        : throw new FormatException("The format of the table is not known.");

    private static ProtectedIndicator ReadIndicator(JsonElement json) => new()
    {
        Code = Text(json, "code"),
        Lower = Number(json, "lower"),
        Upper = Number(json, "upper"),
        Width = Number(json, "width"),
        Kind = Word(json, "kind", TableWords.Kinds),
        Partition = json.GetProperty("partition").GetString(),
        Statistics = List(json, "statistics", planned => new PlannedStatistic(
            Word(planned, "family", TableWords.Families),
            Word(planned, "ofAll", TableWords.Audiences),
            Word(planned, "ofCells", TableWords.Audiences))),
        Step = Word(json, "step", TableWords.Steps),
        Cells = List(json, "cells", ReadCell),
    };

    private static ProtectedCell ReadCell(JsonElement json) => new()
    {
        Group = Text(json, "group"),
        Joined = List(json, "joined", group => group.GetString() ?? throw new InvalidOperationException()),
        Band = json.GetProperty("band").GetString() is { } band ? ContributorBand.Parse(band) : null,
        Figures = List(json, "figures", figure => new ProtectedFigure(
            Word(figure, "statistic", TableWords.Statistics), Number(figure, "value"), Number(figure, "roundedTo"))),
        Withheld = List(json, "withheld", withheld => new WithheldStatistic(
            Word(withheld, "statistic", TableWords.Statistics), Word(withheld, "rule", TableWords.Rules))),
    };

    private static List<T> List<T>(JsonElement json, string name, Func<JsonElement, T> read) =>
        [.. json.GetProperty(name).EnumerateArray().Select(read)];

    private static string Text(JsonElement json, string name) =>
        json.GetProperty(name).GetString() ?? throw new InvalidOperationException();

    private static decimal Number(JsonElement json, string name) =>
        decimal.TryParse(Text(json, name), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture, out var value) ? value : throw new InvalidOperationException();

    private static T Word<T>(JsonElement json, string name, IReadOnlyDictionary<T, string> words)
        where T : struct, Enum
    {
        var word = Text(json, name);
        return words.First(pair => pair.Value == word).Key;
    }
}
