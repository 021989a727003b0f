// What the stylesheet may use: the Chromium 78 of older office machines. caniuse says what it knows; the lists
// name what caniuse has no entry for. Something newer needs @supports around it and, beside the declaration,
// `stylelint-disable-next-line … -- why`.

const tooNew = {
  // 79 and later, with Chromium's version
  functions: ["min", "max", "clamp", "color-mix", "oklch", "oklab", "lch", "lab", "hwb", "round", "mod", "sin"],
  properties: [
    "aspect-ratio", // 88
    "/^inset/", // 87
    "/^(margin|padding)-(inline|block)$/", // 87; their -start and -end are 69
    "/^border-(inline|block)(-(color|style|width))?$/", // 87
    "accent-color", // 93
    "color-scheme", // 81
    "/^contain-intrinsic/", // 83
    "content-visibility", // 85
    "/^container/", // 105
    "/^(translate|rotate|scale)$/", // 104
    "/^scrollbar-/", // 94, 121
    "/^view-transition/", // 111
    "/^animation-(timeline|range)/", // 115
    "/^mask/", // 120; -webkit-mask is old
    "print-color-adjust", // 136; -webkit-print-color-adjust is old
    "text-underline-offset", // 87
    "/^text-emphasis/", // 99
    "overflow-clip-margin", // 90
    "initial-letter", // 110
  ],
  values: {
    "/^overflow/": ["clip"], // 90
    "text-indent": ["/hanging|each-line/"], // 146
    "/./": ["/\\brevert(-layer)?\\b/", "/color\\(display-p3/"], // 84, 99, 111
  },
  selectors: [
    "/:(is|where|has)\\(/", // 88, 105
    // Where it is unknown, `:focus:not(:focus-visible)` drops the whole rule, and the ring that it would have
    // taken away stays: just what such a browser needs.
    "/(?<!:not\\():focus-visible/", // 86
    "/::(marker|file-selector-button|backdrop)/", // 86, 89
  ],
  units: ["dvh", "svh", "lvh", "dvw", "svw", "lvw", "lh", "rlh", "cap", "cqw", "cqh", "cqi", "cqb"],
};

export default {
  plugins: ["stylelint-no-unsupported-browser-features"],
  reportDescriptionlessDisables: true,
  reportNeedlessDisables: true,
  rules: {
    "plugin/no-unsupported-browser-features": [
      true,
      {
        browsers: ["chrome 78"],
        ignore: [
          "css-math-functions", // found in every minmax(); min, max and clamp are refused by name below
          "css-focus-visible", // see the list of selectors
          "css-overflow", // partly known: all but `clip`, which is refused below
          "css-text-indent", // partly known: all but `hanging` and `each-line`, refused below
          "css-display-contents", // partly known: it takes the role of buttons and tables away; a plain div has none
          "css-sticky", // partly known: cells of tables stick, their rows and heads do not
          "css-appearance", // partly known: with -webkit-, which always stands above the plain one
          "multicolumn", // partly known: column-gap of grids and break-inside: avoid work
          "text-decoration", // partly known: a thickness that is not known leaves the line as thin as any
        ],
      },
    ],
    // Free to use without @supports: text-wrap. Unknown, it only leaves the last line of a title uneven.
    "function-disallowed-list": tooNew.functions,
    "property-disallowed-list": tooNew.properties,
    "declaration-property-value-disallowed-list": tooNew.values,
    "selector-disallowed-list": tooNew.selectors,
    "unit-disallowed-list": tooNew.units,
    "at-rule-disallowed-list": ["layer", "container", "property", "scope", "starting-style", "import"],
    "media-feature-range-notation": "prefix", // (width >= 720px) is 104
    "selector-not-notation": "simple", // :not(a, b) is 88
    "max-nesting-depth": [0, { ignoreAtRules: ["media", "supports", "page"] }], // 112
    "block-no-empty": true,
    "color-no-invalid-hex": true,
    "declaration-block-no-duplicate-properties": [
      true,
      { ignore: ["consecutive-duplicates-with-different-syntaxes", "consecutive-duplicates"] },
    ],
    "no-duplicate-at-import-rules": true,
    "property-no-unknown": true,
    "selector-pseudo-class-no-unknown": true,
    "selector-pseudo-element-no-unknown": true,
    "unit-no-unknown": true,
  },
};
