namespace Hub.Silo.Catalogue;

/// <summary>Reads a file that describes one instrument and its indicators.</summary>
internal static class InstrumentReader
{
    private static readonly string[] RangeKeys = ["lower", "upper"];

    public static void Read(YamlFields root, ParsedFile into)
    {
        if (root.Map("instrument") is not { } fields)
        {
            return;
        }

        var code = fields.Text("code", CatalogueForms.Instrument(), CatalogueForms.InstrumentRule);
        var instrument = new Instrument(code, fields.Texts("title"), fields.Text("publisher"), fields.Text("licence"));
        fields.RefuseOthers();
        into.Instruments.Add(new Placed<Instrument>(instrument, fields.File, fields.Line, []));
        foreach (var indicator in root.Maps("indicators", Limits.IndicatorsMax))
        {
            ReadIndicator(indicator, code, into);
        }
    }

    private static void ReadIndicator(YamlFields fields, string instrument, ParsedFile into)
    {
        var code = fields.Text("code", CatalogueForms.Indicator(), CatalogueForms.IndicatorRule);
        if (into.Indicators.Find(i => i.Value.Code == code) is { } first && code.Length > 0)
        {
            fields.Refuse("code", $"The indicator {code} stands already on line {first.Line}.");
        }

        var kind = fields.Choice<ValueKind>("value_kind");
        var (lower, upper) = ReadRange(fields, kind);
        var indicator = new Indicator(instrument, code)
        {
            Title = fields.Texts("title"),
            Definition = fields.Texts("definition"),
            ComparabilityNote = fields.OptionalTexts("comparability_note"),
            Unit = fields.Text("unit"),
            Lower = lower ?? Indicator.RateRange.Lower,
            Upper = upper ?? Indicator.RateRange.Upper,
            DecimalsMax = fields.Integer("decimals_max", 0, Limits.DecimalsMax),
            ProtectionWidth = ReadWidth(fields, lower, upper) ?? Indicator.RateRange.Upper,
            ProtectionWidthReason = fields.Text("protection_width_reason"),
            Polarity = fields.Choice<Polarity>("polarity") ?? Polarity.Ambiguous,
            ValueKind = kind ?? ValueKind.Level,
            Directness = fields.OptionalChoice<Directness>("directness"),
            ArushaFactor = fields.OptionalName("arusha_factor", CatalogueNames.ArushaFactors),
            PmmDimension = fields.OptionalName("pmm_dimension", CatalogueNames.PmmDimensions),
            PmmExpectedOutcome = fields.OptionalText("pmm_expected_outcome"),
            DerivedFrom = ReadLevel(fields, kind),
        };
        CheckOutcome(fields);
        fields.RefuseOthers();
        into.Indicators.Add(new Placed<Indicator>(indicator, fields.File, fields.Line, []));
    }

    private static (ExactDecimal? Lower, ExactDecimal? Upper) ReadRange(YamlFields fields, ValueKind? kind)
    {
        if (kind == ValueKind.Rate)
        {
            foreach (var key in RangeKeys.Where(fields.Has))
            {
                fields.Refuse(key, "A rate lies between 0 and 1 by its kind. Leave lower and upper out.");
            }

            return Indicator.RateRange;
        }

        var (lower, upper) = (fields.Decimal("lower"), fields.Decimal("upper"));
        if (lower is not null && upper is not null && lower >= upper)
        {
            fields.Refuse("upper", "The legal range is inverted or empty: upper must be greater than lower.");
            return (null, null);
        }

        return (lower, upper);
    }

    private static ExactDecimal? ReadWidth(YamlFields fields, ExactDecimal? lower, ExactDecimal? upper)
    {
        var width = fields.Decimal("protection_width");
        if (width is { Value: <= 0 })
        {
            fields.Refuse("protection_width", "A protection width is greater than zero.");
        }
        else if (width is not null && lower is not null && upper is not null && !width.FitsBetween(lower, upper))
        {
            fields.Refuse("protection_width", "A protection width is not greater than the legal range, else nothing could ever be published.");
        }

        return width;
    }

    private static string? ReadLevel(YamlFields fields, ValueKind? kind)
    {
        var level = fields.OptionalText("derived_from");
        if (kind == ValueKind.DerivedVariation && level is null)
        {
            fields.Refuse("derived_from", "A derived variation names the level that it is derived from.");
        }
        else if (kind is not null and not ValueKind.DerivedVariation && level is not null)
        {
            fields.Refuse("derived_from", "Only a derived variation is derived from another indicator.");
        }

        return level;
    }

    private static void CheckOutcome(YamlFields fields)
    {
        if (fields.Has("pmm_expected_outcome") && !fields.Has("pmm_dimension"))
        {
            fields.Refuse("pmm_expected_outcome", "An expected outcome belongs to a dimension: give pmm_dimension, too.");
        }
    }
}
